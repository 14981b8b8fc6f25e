using Tokenfall.EndToEnd.Tests.Nginx;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Bench.Serve;

/// <summary>A real nginx with the shipped site in front of a server, over plain HTTP on a free port.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly NginxPrefix _prefix = new();
    private readonly ReservedPort _port = new();
    private readonly NginxProcess _process;

    private NginxFront(Uri upstream)
    {
        _prefix.Write(NginxSite.Shipped().At(_port.Address, upstream));
        _process = new NginxProcess(_prefix);
    }

    public Uri Url => new($"http://{_port.Address}");

    /// <exception cref="InvalidOperationException">nginx is not installed, or did not start.</exception>
    public static async Task<NginxFront> StartAsync(Uri upstream)
    {
        var front = new NginxFront(upstream);
        using var deadline = new CancellationTokenSource(StartTime, TimeProvider.System);
        // nginx gives no sign when it is ready, so that connecting is the only way to know.
        while (!await front._port.AcceptsAsync())
        {
            if (front._process.Exited.IsCompleted || deadline.IsCancellationRequested)
            {
                await front.DisposeAsync();
                throw new InvalidOperationException($"nginx did not start. It said:\n{front._process.Log}");
            }
            await Task.Delay(BetweenAttempts, TimeProvider.System);
        }
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _prefix.Dispose();
        _port.Dispose();
    }
}
