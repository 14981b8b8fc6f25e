namespace Tokenfall.Server.Tests.Features;

public class ForwardedHeaderTests
{
    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("10.0.0.5", null, false)]
    [InlineData("10.0.0.5", "10.0.0.5", true)]
    [InlineData("10.0.0.6", "10.0.0.5", false)]
    [InlineData("10.9.8.7", "192.168.0.0/16, 10.0.0.0/8", true)]
    [InlineData("fd00::7", "fd00::/8", true)]
    public async Task Scheme_IsTakenFromKnownProxiesOnly(string proxy, string? known, bool believed)
    {
        await using var app = new TestApp
        {
            Settings = { ["Tokenfall:Proxies"] = known },
            Setup = services => services.AddConnection(connection => connection.RemoteIpAddress = IPAddress.Parse(proxy)),
        };
        using var client = app.Plain();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var cookie = (await client.GetAsync("/account/session")).Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(believed, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }
}
