using System.Net;
using Tokenfall.EndToEnd.Tests.Lockstep;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>What the application sees of a request that comes through the shipped site.</summary>
[Trait("Needs", "nginx")]
public class NginxSiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Connection.Http1, "http")]
    [InlineData(Connection.Http1Tls, "https")]
    [InlineData(Connection.Http2Tls, "https")]
    public async Task Request_WithForgedForwardedHeaders_ArrivesWithTrueOnes(Connection connection, string scheme)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        using var client = nginx.CreateClient(connection);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "gopher");

        await client.GetStringAsync(new Uri("/", UriKind.Relative));

        var seen = Assert.Single(app.Seen);
        Assert.Equal("HTTP/1.1", seen.Protocol);
        Assert.Equal("127.0.0.1", seen.ForwardedFor);
        Assert.Equal(scheme, seen.ForwardedProto);
        Assert.Equal(nginx.AddressFor(connection).Authority, seen.Host);
    }

    [Fact]
    public async Task Requests_OneAfterTheOther_ShareAConnectionToTheApplication()
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        using var client = nginx.CreateClient(Connection.Http1);

        await client.GetStringAsync(new Uri("/", UriKind.Relative));
        await client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.Single(app.Seen.Select(seen => seen.ConnectionId).Distinct());
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK)]
    [InlineData(1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_AtAndOverOneMebibyte_IsPassedOnOrRefused(int bytes, HttpStatusCode expected)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        using var client = nginx.CreateClient(Connection.Http2Tls);
        using var body = new ByteArrayContent(new byte[bytes]);

        using var response = await client.PostAsync(new Uri("/", UriKind.Relative), body);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Site_WithItsTlsLinesUncommented_RedirectsPlainHttpAndAsksForTlsOnly()
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, site => site
            .Substitute("# if ($scheme", "if ($scheme")
            .Substitute("# add_header Strict", "add_header Strict"), output);
        using var plain = nginx.CreateClient(Connection.Http1);
        using var secure = nginx.CreateClient(Connection.Http2Tls);

        using var redirect = await plain.PostAsync(new Uri("/account/sign-in?a=b", UriKind.Relative), new StringContent("password"));
        using var page = await secure.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.PermanentRedirect, redirect.StatusCode);
        Assert.Equal("https://127.0.0.1/account/sign-in?a=b", redirect.Headers.Location?.ToString());
        Assert.Single(app.Seen);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
    }
}
