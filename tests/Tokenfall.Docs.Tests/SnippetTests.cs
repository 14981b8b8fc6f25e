using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>Code that the documentation shows stands, word for word, in a file that the build compiles or a test runs.</summary>
public sealed partial class SnippetTests
{
    private static readonly string[] Folders = ["samples", "tests/Tokenfall.Docs.Tests"];

    public static TheoryData<string> Pages => [.. Checkout.Find("", "*.md").Where(page => CSharpBlock().IsMatch(Checkout.Read(page)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_CSharpBlock_IsCompiledCode(string page)
    {
        var compiled = CompiledSnippets();
        foreach (Match block in CSharpBlock().Matches(Checkout.Read(page)))
        {
            var name = block.Groups["name"].Value;
            // The pages of packages show comments as text, so their blocks have no names.
            if (name.Length == 0 && page.StartsWith("src/", StringComparison.Ordinal))
            {
                Assert.Contains(block.Groups["code"].Value.Trim(), compiled.Values);
                continue;
            }
            Assert.True(name.Length > 0, $"{page}: put <!-- snippet: NAME --> on the line before each ```csharp block.");
            Assert.True(compiled.TryGetValue(name, out var code), $"{page}: no compiled file has '// snippet: {name}'.");
            Assert.Equal(code, block.Groups["code"].Value.Trim());
        }
    }

    [Fact]
    public void Page_NamedBlockOfAnotherLanguage_IsInAFile()
    {
        var snippets = CompiledSnippets();
        var blocks = Checkout.Find("", "*.md").SelectMany(page => NamedBlock().Matches(Checkout.Read(page))).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Equal(snippets[block.Groups["name"].Value], block.Groups["code"].Value.Trim()));
    }

    [Fact]
    public void Readme_HasSnippets() => Assert.Matches(CSharpBlock(), Checkout.Read("README.md"));

    private static Dictionary<string, string> CompiledSnippets() => Folders.SelectMany(folder => Checkout.Find(folder, "*.*"))
        .Where(file => Path.GetExtension(file) is ".cs" or ".js" or ".razor")
        .SelectMany(file => Region().Matches(Checkout.Read(file)))
        .ToDictionary(region => region.Groups["name"].Value, region => Unindent(region.Groups["code"].Value));

    private static string Unindent(string code)
    {
        var lines = code.Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : line.TrimStart())).Trim();
    }

    [GeneratedRegex(@"(?:<!-- snippet: (?<name>[\w-]+) -->\n)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"<!-- snippet: (?<name>[\w-]+) -->\n```(?!csharp)\w+\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    // In a Razor file, comments are @* ... *@.
    [GeneratedRegex(@"(?://|@\*) snippet: (?<name>[\w-]+)(?: \*@)?\n(?<code>.*?)\n\s*(?://|@\*) end snippet", RegexOptions.Singleline)]
    private static partial Regex Region();
}
