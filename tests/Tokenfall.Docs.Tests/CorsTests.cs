using System.Text.RegularExpressions;

namespace Tokenfall.Docs.Tests;

/// <summary>The CORS recipe lets the client read what it needs.</summary>
public sealed partial class CorsTests
{
    // Those that a browser always lets a page read (Fetch standard).
    private static readonly string[] Safelisted = ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

    [Fact]
    public void Recipe_ExposesEveryHeaderThatTheClientReads()
    {
        var read = Checkout.Find("client/src", "*.js").SelectMany(file => Header().Matches(Checkout.Read(file)).Select(header => header.Groups["name"].Value))
            .Except(Safelisted).Order().ToList();

        var exposed = Exposed().Match(Checkout.Read("docs/middleware.md")).Groups["names"].Value;

        Assert.NotEmpty(read);
        Assert.All(read, name => Assert.Contains($"\"{name}\"", exposed, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"headers\.get\('(?<name>[a-z-]+)'\)")]
    private static partial Regex Header();

    [GeneratedRegex(@"WithExposedHeaders\((?<names>[^)]*)\)")]
    private static partial Regex Exposed();
}
