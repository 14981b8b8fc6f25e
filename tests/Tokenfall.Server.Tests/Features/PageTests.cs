using System.Text.RegularExpressions;

namespace Tokenfall.Server.Tests.Features;

public partial class PageTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/app.css", "text/css")]
    [InlineData("/chat.css", "text/css")]
    [InlineData("/answer.css", "text/css")]
    [InlineData("/icons.svg", "image/svg+xml")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/client/index.js", "text/javascript")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task File_IsServedWithTypeAndEtag(string path, string type)
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("/", "app.js")]
    [InlineData("/account/keys", "../keys.js")]
    [InlineData("/diagnostics", "diagnostics/diagnostics.js")]
    public async Task Page_HasNothingInline(string path, string script)
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await client.GetStringAsync(path);
        Assert.Contains($"""<script type="module" src="{script}"></script>""", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), page);
    }

    /// <summary>Follows every import from the pages' scripts, the linked client included: none may be missing.</summary>
    [Fact]
    public async Task Scripts_AllOfTheirImports_AreServed()
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        var seen = new HashSet<Uri>();
        var left = new Queue<Uri>([new Uri("http://localhost/app.js"), new Uri("http://localhost/keys.js"), new Uri("http://localhost/diagnostics/diagnostics.js")]);
        while (left.TryDequeue(out var script))
        {
            if (!seen.Add(script)) continue;
            foreach (Match import in Import().Matches(await client.GetStringAsync(script)))
                left.Enqueue(new Uri(script, import.Groups[1].Value));
        }
        foreach (var path in (string[])["/chat/chat.js", "/client/ask.js", "/conversations/sidebar.js", "/client/render/index.js", "/vendor/marked/marked.esm.js"])
            Assert.Contains(new Uri($"http://localhost{path}"), seen);
    }

    [GeneratedRegex("""<script(?![^>]* src=)|<style| style=| on[a-z]+=|javascript:""")]
    private static partial Regex Inline();

    [GeneratedRegex("""^(?:import|export) .*? from '([^']+)';""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
