using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Hosting;

public class BoundedStopServerTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Stop_OfAServerThatWaitsForAClient_IsCutShortAfterTenSeconds()
    {
        using var server = new BoundedStopServer(new WaitingServer(), _clock);
        var stop = server.StopAsync(CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(stop.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Stop_WhenTheHostHasNoMoreTime_IsCutShortAtOnce()
    {
        using var server = new BoundedStopServer(new WaitingServer(), _clock);
        using var host = new CancellationTokenSource();
        var stop = server.StopAsync(host.Token);

        await host.CancelAsync();

        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Stops as Kestrel does while a client has sent half a request: not before its token is cancelled.</summary>
    private sealed class WaitingServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            var stopped = new TaskCompletionSource();
            cancellationToken.Register(stopped.SetResult);
            return stopped.Task;
        }

        public void Dispose()
        {
        }
    }
}
