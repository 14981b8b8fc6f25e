using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>The page on operations lists every log event, metric and tag of the library.</summary>
public sealed partial class LogEventTests
{
    private const string Page = "docs/recipes/operations.md";

    [Fact]
    public void LogEvents_InTheCode_AreTheTableOnThePage()
    {
        var declared = Sources().SelectMany(file => Declaration().Matches(Checkout.Read(file)).Select(one =>
            $"| `{CategoryOf(file)}` | {one.Groups["id"].Value} | {one.Groups["level"].Value} | {one.Groups["text"].Value} |"));

        var listed = Row().Matches(Checkout.Read(Page)).Select(row => row.Value);

        Assert.Equal(declared.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MetricsAndTags_InTheCode_AreOnThePage()
    {
        var page = Checkout.Read(Page);
        var names = Sources().SelectMany(file => Name().Matches(Checkout.Read(file)).Select(name => name.Groups["name"].Value)).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    // The ready-made server adds none of its own.
    private static IEnumerable<string> Sources() => Checkout.Find("src", "*.cs").Where(file => !file.StartsWith("src/Tokenfall.Server/", StringComparison.Ordinal));

    // The messages of runs are written by the manager's logger, in several files.
    private static string CategoryOf(string file) => Path.GetFileNameWithoutExtension(file) switch
    {
        "RunLogging" or "JournalLogging" => "Tokenfall.RunManager",
        var type => $"Tokenfall.{type}",
    };

    [GeneratedRegex("""\[LoggerMessage\((?<id>\d+), LogLevel\.(?<level>\w+), "(?<text>[^"]+)"\)\]""")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\| `Tokenfall\.\w+` \| \d+ \| \w+ \| .+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""(?:"(?<name>tokenfall\.[a-z.]+)"|SetTag\("(?<name>[^"]+)")""")]
    private static partial Regex Name();
}
