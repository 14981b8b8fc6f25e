using System.Net;
using Tokenfall.Bench.Reports;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Many readers at once.</summary>
/// <typeparam name="TCheck">What looks at each one's stream.</typeparam>
internal sealed class Fleet<TCheck> : IAsyncDisposable where TCheck : StreamCheck
{
    // So many connect at once: less than a listening socket queues.
    private const int Connecting = 128;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<StreamClient> _clients = [];
    private readonly List<Task> _streams = [];
    private readonly List<TCheck> _checks = [];

    public IReadOnlyList<TCheck> Checks => _checks;

    /// <summary>Text events received so far, all readers together.</summary>
    public long Deltas => _checks.Sum(check => (long)check.Deltas);

    /// <summary>Frames of text received so far, all readers together.</summary>
    public long Frames => _checks.Sum(check => (long)check.Frames);

    /// <summary>Opens readers and waits until each has its first event.</summary>
    /// <param name="server">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="request">What each sends.</param>
    /// <param name="check">Makes what looks at a stream.</param>
    public async Task OpenAsync(IPEndPoint server, int count, byte[] request, Func<TCheck> check)
    {
        using var connecting = new SemaphoreSlim(Connecting);
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            await connecting.WaitAsync(deadline.Token);
            Add(server, request, check(), connecting);
            if ((i + 1) % 2000 == 0) Progress.Say($"{i + 1} readers connect");
        }
        await Task.WhenAll(_checks.Select(one => one.Opened)).WaitAsync(Patience, TimeProvider.System);
        // Every turn is given back before the semaphore goes.
        for (var i = 0; i < Connecting; i++) await connecting.WaitAsync(deadline.Token);
    }

    /// <summary>Waits until every stream has ended.</summary>
    public Task EndAsync() => Task.WhenAll(_streams).WaitAsync(Patience, TimeProvider.System);

    /// <summary>Adds what was wrong to a result.</summary>
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
