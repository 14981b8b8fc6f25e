namespace Tokenfall.Server.Tests.Features;

public class SecurityHeaderTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/account/session")]
    [InlineData("/account/keys")]
    [InlineData("/healthz")]
    [InlineData("/no-such-page")]
    [InlineData("/throws")]
    public async Task Headers_AreOnEveryResponse(string path)
    {
        await using var app = new TestApp
        {
            Setup = ThrowingFilter.Add,
        };
        using var client = app.Plain();
        var headers = (await client.GetAsync(path)).Headers;
        Assert.Equal(
            "default-src 'self'; img-src 'self'; connect-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            Assert.Single(headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains("camera=()", Assert.Single(headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "https://tokenfall.example", true)]
    [InlineData("Production", "http://tokenfall.example", false)]
    [InlineData("Development", "https://tokenfall.example", false)]
    public async Task StrictTransport_IsAskedOutsideDevelopmentOnHttps(string environment, string address, bool asked)
    {
        await using var app = new TestApp { Settings = { ["environment"] = environment } };
        using var client = app.Plain(address);
        Assert.Equal(asked, (await client.GetAsync("/healthz")).Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Kestrel_DoesNotNameItself()
    {
        await using var app = new TestApp();
        app.UseKestrel(0);
        app.StartServer();
        using var client = app.CreateClient();
        var response = await client.GetAsync("/healthz");
        Assert.Equal("Healthy", await response.Content.ReadAsStringAsync());
        Assert.Empty(response.Headers.Server);
    }
}
