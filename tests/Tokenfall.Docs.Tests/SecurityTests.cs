using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>The table of threats names tests that exist.</summary>
public sealed partial class SecurityTests
{
    [Fact]
    public void Threats_EachHasATest()
    {
        var rows = Checkout.Read("docs/security.md").Split("## Threats")[1].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Matches(TestName(), row.Split('|')[3]));
    }

    [Fact]
    public void Threats_NameTestsThatExist()
    {
        var sources = Checkout.Find("tests", "*Tests.cs").ToLookup(file => Path.GetFileNameWithoutExtension(file), Checkout.Read);
        Assert.All(TestName().Matches(Checkout.Read("docs/security.md")), name =>
            Assert.Contains(sources[name.Groups["class"].Value], source => Regex.IsMatch(source, $@"\b{name.Groups["method"].Value}\(")));
    }

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z0-9]+Tests)\\.(?<method>[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
