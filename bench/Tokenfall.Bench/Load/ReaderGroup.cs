using System.Net;
using Tokenfall.Bench.Reports;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Many concurrent readers.</summary>
/// <typeparam name="TCheck">The check of each stream.</typeparam>
internal sealed class ReaderGroup<TCheck> : IAsyncDisposable where TCheck : StreamCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly List<StreamClient> _clients = [];
    private readonly List<Task> _streams = [];
    private readonly List<TCheck> _checks = [];

    public IReadOnlyList<TCheck> Checks => _checks;

    /// <summary>How many text events all readers together have received.</summary>
    public long Deltas => _checks.Sum(check => (long)check.Deltas);

    /// <summary>How many frames of text all readers together have received.</summary>
    public long Frames => _checks.Sum(check => (long)check.Frames);

    /// <summary>Opens readers and waits until each has its first event.</summary>
    /// <param name="server">The server.</param>
    /// <param name="count">How many readers.</param>
    /// <param name="request">The request of each reader.</param>
    /// <param name="check">Creates the check of a stream.</param>
    public async Task OpenAsync(IPEndPoint server, int count, byte[] request, Func<TCheck> check)
    {
        using var connecting = new SemaphoreSlim(StreamClient.MaxConnecting);
        using var deadline = new CancellationTokenSource(Timeout, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            await connecting.WaitAsync(deadline.Token);
            Add(server, request, check(), connecting);
            if ((i + 1) % 2000 == 0) Progress.Report($"{i + 1} readers are connecting");
        }
        await Task.WhenAll(_checks.Select(one => one.Opened)).WaitAsync(Timeout, TimeProvider.System);
        // All have left the semaphore before it is disposed.
        for (var i = 0; i < StreamClient.MaxConnecting; i++) await connecting.WaitAsync(deadline.Token);
    }

    /// <summary>Waits until every stream has ended.</summary>
    public Task EndAsync() => Task.WhenAll(_streams).WaitAsync(Timeout, TimeProvider.System);

    /// <summary>Adds the problems to a result.</summary>
    public void Report(Result result)
    {
        foreach (var check in _checks.Where(check => check.Problem is not null)) result.Fail(check.Problem!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Abort();
        await EndAsync();
    }

    private void Add(IPEndPoint server, byte[] request, TCheck check, SemaphoreSlim connecting)
    {
        var client = new StreamClient(server, new FrameScanner(check));
        _clients.Add(client);
        _checks.Add(check);
        _streams.Add(ReadAsync(client, request, check));
        _ = ReleaseAsync(check.Opened, connecting);
    }

    private static async Task ReadAsync(StreamClient client, byte[] request, TCheck check) => check.End(await client.RunAsync(request));

    private static async Task ReleaseAsync(Task opened, SemaphoreSlim connecting)
    {
        await opened;
        connecting.Release();
    }
}
