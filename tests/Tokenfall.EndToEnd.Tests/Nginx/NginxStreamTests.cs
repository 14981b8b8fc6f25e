using System.Net;
using Tokenfall.EndToEnd.Tests.Lockstep;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>The shipped site passes each event on as it comes, for every client and protocol.</summary>
[Trait("Needs", "nginx")]
public class NginxStreamTests(ITestOutputHelper output)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortTimeLimit = TimeSpan.FromSeconds(1);

    public static TheoryData<Connection, string> Clients()
    {
        var clients = new TheoryData<Connection, string>();
        foreach (var connection in Enum.GetValues<Connection>())
        {
            clients.Add(connection, "identity");
            clients.Add(connection, "gzip");
        }

        return clients;
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task ShippedSite_AnyClient_PassesEachEventOnBeforeTheNextIsMade(Connection connection, string encoding)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);

        await AssertLockstepAsync(app, nginx, connection, encoding);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task BufferingSite_ApplicationSaysNoBuffering_PassesEachEventOn(Connection connection, string encoding)
    {
        await using var app = await LockstepApp.StartAsync(saysNoBuffering: true);
        await using var nginx = await NginxServer.StartAsync(
            app.Address, site => site.Substitute("proxy_buffering off;", "proxy_buffering on;"), output);

        await AssertLockstepAsync(app, nginx, connection, encoding);
    }

    // The control: on a path that buffers, the tests above could not pass.
    [Theory]
    [MemberData(nameof(Clients))]
    public async Task BufferingSite_ThatIgnoresTheApplication_HoldsEverythingBackUntilTheEnd(Connection connection, string encoding)
    {
        await using var app = await LockstepApp.StartAsync(saysNoBuffering: true);
        await using var nginx = await NginxServer.StartAsync(app.Address, PlantBuffering, output);
        using var client = nginx.CreateClient(connection);

        var opening = LockstepReader.OpenAsync(client, encoding, TimeLimit);
        await app.ReleaseAsync("1");
        await Assert.ThrowsAsync<TimeoutException>(() => opening.WaitAsync(ShortTimeLimit));

        app.End();
        await using var reader = await opening;
        Assert.Equal("1", await reader.NextAsync());
        Assert.Null(await reader.NextAsync());
    }

    [Theory]
    [InlineData(Connection.Http1)]
    [InlineData(Connection.Http1Tls)]
    [InlineData(Connection.Http2Tls)]
    public async Task ShippedSite_ClientLeaves_ApplicationLearnsItWithoutWriting(Connection connection)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        using var client = nginx.CreateClient(connection);
        await using (var reader = await LockstepReader.OpenAsync(client, "identity", TimeLimit))
        {
            await app.ReleaseAsync("1");
            Assert.Equal("1", await reader.NextAsync());
        }

        await app.Aborted.WaitAsync(TimeLimit);
    }

    [Theory]
    [InlineData(Connection.Http1)]
    [InlineData(Connection.Http1Tls)]
    [InlineData(Connection.Http2Tls)]
    public async Task ShippedSite_ApplicationBreaksOff_ClientSeesACutAndNoEnd(Connection connection)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        using var client = nginx.CreateClient(connection);
        await using var reader = await LockstepReader.OpenAsync(client, "identity", TimeLimit);
        await app.ReleaseAsync("1");
        Assert.Equal("1", await reader.NextAsync());

        app.Cut();

        await Assert.ThrowsAnyAsync<IOException>(reader.NextAsync);
    }

    private static async Task AssertLockstepAsync(LockstepApp app, NginxServer nginx, Connection connection, string encoding)
    {
        using var client = nginx.CreateClient(connection);

        // No event is released yet: the headers have to come by themselves.
        await using var reader = await LockstepReader.OpenAsync(client, encoding, TimeLimit);
        Assert.Equal(HttpStatusCode.OK, reader.Response.StatusCode);
        Assert.Equal(client.DefaultRequestVersion, reader.Response.Version);
        Assert.Equal("text/event-stream", reader.Response.Content.Headers.ContentType?.ToString());
        Assert.Empty(reader.Response.Content.Headers.ContentEncoding);

        foreach (var data in new[] { "1", "2", "3" })
        {
            await app.ReleaseAsync(data);
            Assert.Equal(data, await reader.NextAsync());
        }

        app.End();
        Assert.Null(await reader.NextAsync());
    }

    private static string PlantBuffering(string site) => site
        .Substitute("proxy_buffering off;", "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;")
        .Substitute("proxy_http_version 1.1;", "proxy_http_version 1.0;");
}
