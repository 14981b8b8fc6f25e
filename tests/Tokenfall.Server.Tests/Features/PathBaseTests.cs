using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.HttpOverrides;
using Tokenfall.Server.Tests.Support;

namespace Tokenfall.Server.Tests.Features;

/// <summary>The server under a path of a host that has other applications, too.</summary>
public partial class PathBaseTests
{
    private const string Prefix = "/ai";

    public enum Proxy
    {
        /// <summary>Removes the path and says nothing.</summary>
        Strips,

        /// <summary>Removes the path and names it in <c>X-Forwarded-Prefix</c>.</summary>
        StripsAndTells,

        /// <summary>Passes the path on; the server has the setting.</summary>
        Keeps,
    }

    /// <summary>Follows every link, script, style, image and import from each page: none may lead out of the path.</summary>
    [Theory]
    [InlineData(Proxy.Strips)]
    [InlineData(Proxy.StripsAndTells)]
    [InlineData(Proxy.Keeps)]
    public async Task Pages_AllOfTheirLinks_AreServedUnderThePath(Proxy proxy)
    {
        await using var app = Under(proxy);
        using var client = ClientOf(app, proxy);
        client.DefaultRequestHeaders.Add("Accept", "text/html, */*");
        var seen = new HashSet<Uri>();
        var left = new Queue<Uri>([new Uri($"http://localhost{Prefix}/")]);
        while (left.TryDequeue(out var address))
        {
            if (!seen.Add(address)) continue;
            using var response = await client.GetAsync(address);
            Assert.True(response.IsSuccessStatusCode, $"{address}: {(int)response.StatusCode}");
            var text = await response.Content.ReadAsStringAsync();
            var links = response.Content.Headers.ContentType?.MediaType switch
            {
                "text/html" => Link().Matches(text),
                "text/javascript" => Import().Matches(text),
                _ => Enumerable.Empty<Match>(),
            };
            foreach (var link in links.Select(match => new Uri(address, match.Groups[1].Value)))
                if (link.Host == address.Host) left.Enqueue(new Uri(link.GetLeftPart(UriPartial.Path)));
        }

        foreach (var page in (string[])["/account/keys", "/diagnostics", "/chat/chat.js", "/client/ask.js", "/icons.svg"])
            Assert.Contains(new Uri($"http://localhost{Prefix}{page}"), seen);
    }

    // What is not written in the page but called by its scripts: none of them names the root.
    [Fact]
    public void PagesAndScripts_CallNothingAtTheRoot()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".js" or ".html" or ".css").Where(file => !file.Contains("vendor", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotMatch(RootAddress(), Comment().Replace(File.ReadAllText(script), "")));
    }

    [Theory]
    [InlineData(Proxy.StripsAndTells)]
    [InlineData(Proxy.Keeps)]
    public async Task Everything_FromSignInToStop_WorksUnderThePath(Proxy proxy)
    {
        await using var app = Under(proxy);
        using var client = ClientOf(app, proxy);
        await TokenAsync(client);
        (await client.PostAsJsonAsync($"{Prefix}/account/sign-in", new { email = TestApp.Email, password = TestApp.Password })).EnsureSuccessStatusCode();
        await TokenAsync(client);

        using var key = await client.PostAsJsonAsync($"{Prefix}/account/keys", new { name = "nightly" });
        Assert.StartsWith($"{Prefix}/account/keys/", key.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"{Prefix}/ask/stream") { Content = JsonContent.Create(new { prompt = "Hi" }) };
        using var answer = await client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var run = answer.Headers.Location!.OriginalString;
        Assert.StartsWith($"{Prefix}/ask/stream/", run, StringComparison.Ordinal);
        using var second = await client.GetAsync(run, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", second.Content.Headers.ContentType?.MediaType);
        using var stop = await client.DeleteAsync(run);
        Assert.True(stop.IsSuccessStatusCode);
        Assert.Contains("event: end", await client.GetStringAsync($"{Prefix}/ask/stream/probe?count=1&interval=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Proxy.StripsAndTells)]
    [InlineData(Proxy.Keeps)]
    public async Task Cookies_BelongToThePath(Proxy proxy)
    {
        await using var app = Under(proxy);
        using var client = ClientOf(app, proxy);

        using var session = await client.GetAsync($"{Prefix}/account/session");

        Assert.Contains($"path={Prefix}", Assert.Single(session.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    // Without the slash, relative links would lead out of the path.
    [Fact]
    public async Task PathWithoutSlash_LeadsToTheOneWithIt()
    {
        await using var app = Under(Proxy.Keeps);
        using var client = app.Plain();

        using var response = await client.GetAsync(Prefix);

        Assert.Equal($"{Prefix}/", response.Headers.Location is { } location ? new Uri(new Uri("http://localhost/"), location).AbsolutePath : null);
    }

    [Theory]
    [InlineData("ai")]
    [InlineData("/ai?x")]
    [InlineData("https://example.org/ai")]
    public async Task PathBase_ThatIsNone_IsRefusedAtStart(string value)
    {
        await using var app = new TestApp { Settings = { ["Tokenfall:PathBase"] = value } };

        var refused = Record.Exception(() => app.CreateClient());

        Assert.NotNull(refused);
    }

    private static TestApp Under(Proxy proxy)
    {
        var app = new TestApp { Setup = TrustTheTestServer };
        if (proxy == Proxy.Keeps) app.Settings["Tokenfall:PathBase"] = Prefix + "/";
        return app;
    }

    private static HttpClient ClientOf(TestApp app, Proxy proxy) => app.CreateDefaultClient(
        new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler(), new PrefixProxy(Prefix, strips: proxy != Proxy.Keeps, tells: proxy == Proxy.StripsAndTells));

    private static async Task TokenAsync(HttpClient client)
    {
        var session = await client.GetFromJsonAsync<JsonElement>($"{Prefix}/account/session");
        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session.GetProperty("csrfToken").GetString());
    }

    // It has no address, so it is no known proxy.
    private static void TrustTheTestServer(IServiceCollection services)
    {
        services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
        services.PostConfigure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }

    [GeneratedRegex("""(?:href|src)="([^"#]+)["#]""")]
    private static partial Regex Link();

    [GeneratedRegex("""^(?:import|export) .*? from '([^']+)';""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("""['"`]/[a-z]""")]
    private static partial Regex RootAddress();

    [GeneratedRegex("""/\*.*?\*/|//[^\n]*""", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
