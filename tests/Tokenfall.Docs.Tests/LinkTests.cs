using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>Links between the project's own pages and files lead somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Checkout.Find("", "*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_RelativeLink_LeadsToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, page))!;
        foreach (Match link in Link().Matches(Checkout.Read(page)))
        {
            var target = link.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith('#') || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            var path = Path.Combine(folder, target.Split('#')[0]);
            Assert.True(Path.Exists(path), $"{page} links to {target}, which is not there.");
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
