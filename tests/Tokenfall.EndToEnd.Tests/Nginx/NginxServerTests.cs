using Tokenfall.EndToEnd.Tests.Lockstep;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>The harness itself: what goes wrong in it is said, not hidden.</summary>
[Trait("Needs", "nginx")]
public class NginxServerTests
{
    [Fact]
    public async Task Start_BrokenSite_ShowsWhatNginxSaid()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NginxServer.StartAsync(
            new Uri("http://127.0.0.1:1"), site => site.Substitute("gzip off;", "gzip sometimes;")));

        Assert.Contains("invalid value \"sometimes\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitute_TextThatIsNotThere_Throws() =>
        Assert.Throws<ArgumentException>(() => new NginxProgram().Shipped().Substitute("proxy_buffering maybe;", ""));

    [Fact]
    public async Task Dispose_EndsTheProcess()
    {
        await using var app = await LockstepApp.StartAsync();
        var nginx = await NginxServer.StartAsync(app.Address);
        using var client = nginx.CreateClient(Connection.Http1);
        await client.GetStringAsync(new Uri("/", UriKind.Relative));

        await nginx.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("/", UriKind.Relative)));
    }
}
