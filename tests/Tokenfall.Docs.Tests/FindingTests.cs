using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>The page on troubleshooting has a section for each thing that the doctor can find.</summary>
public sealed partial class FindingTests
{
    private const string Page = "docs/troubleshooting.md";

    public static TheoryData<string> Ids =>
        [.. Constant().Matches(Checkout.Read("src/Tokenfall.Cli/Doctor/Findings/FindingId.cs")).Select(constant => constant.Groups["id"].Value)];

    [Fact]
    public void FindingIds_AreFound() => Assert.NotEmpty(Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public void FindingId_HasItsSection(string id)
    {
        var section = Section().Matches(Checkout.Read(Page)).SingleOrDefault(section => section.Groups["title"].Value == id);

        Assert.True(section is not null, $"{Page} has no section \"## {id}\".");
        Assert.All(["**Symptom.**", "**Cause.**", "**Fix.**"], part => Assert.Contains(part, section.Groups["text"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_LinksToSections_ThatAreThere()
    {
        var page = Checkout.Read(Page);
        var anchors = Heading().Matches(page).Select(heading => Anchor(heading.Groups["title"].Value)).ToHashSet();

        Assert.All(Local().Matches(page).Select(link => link.Groups["anchor"].Value), anchor => Assert.Contains(anchor, anchors));
    }

    // As the usual Markdown hosts make them.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("""const string \w+ = "(?<id>[a-z0-9-]+)";""")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^## (?<title>.+)\n(?<text>(?:(?!#).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)")]
    private static partial Regex Local();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NotInAnchor();
}
