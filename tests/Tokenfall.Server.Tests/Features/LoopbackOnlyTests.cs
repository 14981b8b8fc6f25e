using Microsoft.Extensions.Configuration;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Features;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Features;

/// <summary><c>TOKENFALL_AUTH=none</c>.</summary>
public class LoopbackOnlyTests
{
    [Theory]
    [InlineData("http://localhost:8000")]
    [InlineData("http://LOCALHOST:8000")]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://127.8.9.10:8000")]
    [InlineData("https://127.0.0.1:8443/base")]
    [InlineData("http://[::1]:8000")]
    [InlineData("http://[::ffff:127.0.0.1]:8000")]
    public void Address_OfThisMachineOnly_IsAllowed(string address) => LoopbackOnlyFeature.RefuseUnlessLoopback([address]);

    [Theory]
    [InlineData("http://*:8000")]
    [InlineData("http://+:8000")]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://[::]:8000")]
    [InlineData("http://10.0.0.5:8000")]
    [InlineData("http://192.168.1.2:8000")]
    [InlineData("http://[fe80::1]:8000")]
    [InlineData("http://example.com:8000")]
    [InlineData("http://localhost.example.com:8000")]
    [InlineData("http://127.0.0.1.example.com:8000")]
    [InlineData("http://localhost.:8000")]
    [InlineData("http://unix:/run/tokenfall.sock")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void Address_ThatOthersCouldReach_IsRefused(string address)
    {
        var e = Assert.Throws<StartupException>(() => LoopbackOnlyFeature.RefuseUnlessLoopback(["http://127.0.0.1:1", address]));
        Assert.Contains("TOKENFALL_AUTH=none is refused", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("urls=http://localhost:1", "http://localhost:1")]
    [InlineData("urls=http://localhost:1;http://*:2", "http://localhost:1 http://*:2")]
    [InlineData("http_ports=8080", "http://*:8080")]
    [InlineData("https_ports=8443;8444", "https://*:8443 https://*:8444")]
    [InlineData("urls=http://localhost:1|http_ports=8080", "http://localhost:1")]
    [InlineData("urls=http://localhost:1|Kestrel:Endpoints:Web:Url=http://0.0.0.0:2", "http://0.0.0.0:2")]
    public void ConfiguredAddresses_FollowKestrelsPrecedence(string settings, string expected)
    {
        var pairs = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs.ToDictionary(pair => pair[0], pair => (string?)pair[1])).Build();
        Assert.Equal(expected, string.Join(' ', ListeningAddresses.Configured(configuration)));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "0")]
    [InlineData("Kestrel__Endpoints__Web__Url", "http://*:0")]
    public async Task Server_ListeningForOthers_DoesNotStart(string name, string value)
    {
        using var folder = new ServerFolder();
        var settings = new Dictionary<string, string> { ["TOKENFALL_AUTH"] = "none", ["Tokenfall__Model"] = "demo", [name] = value };
        var (code, output) = await folder.RunAsync(settings, "");
        Assert.Equal(1, code);
        Assert.StartsWith("TOKENFALL_AUTH=none is refused", output, StringComparison.Ordinal);
    }

    /// <summary>The configured address is loopback; what is bound is another, by a switch that turns Kestrel's precedence around.</summary>
    [Fact]
    public async Task Server_BoundForOthersAgainstItsSettings_Ends()
    {
        using var folder = new ServerFolder();
        var settings = new Dictionary<string, string> { ["TOKENFALL_AUTH"] = "none", ["Tokenfall__Model"] = "demo" };
        var (code, output) = await folder.RunAsync(
            settings, "", "--Kestrel:Endpoints:Web:Url", "http://localhost:1", "--preferHostingUrls", "true", "--urls", "http://0.0.0.0:0");
        Assert.Equal(1, code);
        Assert.Contains("TOKENFALL_AUTH=none is refused", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("10.0.0.5", HttpStatusCode.Forbidden)]
    public async Task Request_ThatReachedAnotherAddress_IsRefused(string local, HttpStatusCode status)
    {
        await using var app = new TestApp
        {
            Settings = { ["TOKENFALL_AUTH"] = "none" },
            Setup = services => services.AddConnection(connection => connection.LocalIpAddress = IPAddress.Parse(local)),
        };
        using var client = app.Plain();
        Assert.Equal(status, (await client.GetAsync("/account/session")).StatusCode);
    }

    [Fact]
    public async Task Server_OnLoopback_AnswersWithoutSignIn()
    {
        using var folder = new ServerFolder();
        var settings = new Dictionary<string, string> { ["TOKENFALL_AUTH"] = "none", ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var (server, address) = await folder.ListenAsync(settings, "--urls", ServerFolder.AnyPort);
        await using var _ = server;
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("Sign-in is off", server.Output, StringComparison.Ordinal);

        var session = await client.GetFromJsonAsync<JsonElement>("/account/session");
        Assert.False(session.GetProperty("signIn").GetBoolean());
        Assert.Contains("event: done", await Ask.TextAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Host", "localhost.attacker.example")]
    [InlineData("Host", "10.0.0.5:8000")]
    [InlineData("Forwarded", "for=10.0.0.5")]
    [InlineData("X-Forwarded-For", "10.0.0.5")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "10.0.0.5")]
    public async Task Request_ThroughAProxyOrUnderAnotherName_403InWords(string name, string value)
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain();
        client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        foreach (var path in (string[])["/", "/account/session", "/healthz"])
        {
            var response = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("TOKENFALL_AUTH=none", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:8001")]
    [InlineData("Origin", "https://localhost")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "what-comes-next")]
    public async Task Request_FromAnotherPage_403InWords(string name, string value)
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain();
        foreach (var (method, path) in (( string, string)[])[("GET", "/account/session"), ("POST", "/ask/stream"), ("GET", "/"), ("OPTIONS", "/ask/stream")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST") request.Content = JsonContent.Create(new { prompt = "Hi" });
            request.Headers.TryAddWithoutValidation(name, value);
            using var response = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("page at another address", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(0, app.Services.GetRequiredService<RunManager>().Count);
    }

    [Theory]
    [InlineData("GET", "/", "navigate", "document", HttpStatusCode.OK)]
    [InlineData("GET", "/", "no-cors", "script", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/", "navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/", "navigate", "document", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/ask/stream?prompt=Hi", "navigate", "document", HttpStatusCode.Forbidden)]
    public async Task Link_OfAnotherSite_OpensAPageAndNothingElse(string method, string path, string mode, string destination, HttpStatusCode expected)
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain();
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Headers = { { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Mode", mode }, { "Sec-Fetch-Dest", destination } },
        };
        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Request_OfTheOwnPage_IsAnswered(string name, string value)
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain();
        client.DefaultRequestHeaders.Add(name, value);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/session")).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://[::1]:8000")]
    public async Task Request_Direct_IsAnswered(string address)
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain(address);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/session")).StatusCode);
    }

    [Fact]
    public async Task Request_FromAnotherSitesPage_DoesNotAsk()
    {
        await using var app = new TestApp { Settings = { ["TOKENFALL_AUTH"] = "none" } };
        using var client = app.Plain();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask.SendAsync(client)).StatusCode);
    }
}
