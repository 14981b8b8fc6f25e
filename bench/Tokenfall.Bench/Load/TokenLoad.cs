using System.Diagnostics;
using System.Net;
using Tokenfall.Bench.Reports;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Many streams that start evenly over a time, so that they do not speak all at the same moment.</summary>
/// <param name="server">Where.</param>
/// <param name="request">What each sends.</param>
/// <param name="tokens">How many tokens each must bring.</param>
/// <param name="ages">Takes how old each token was.</param>
internal sealed class TokenLoad(IPEndPoint server, byte[] request, int tokens, Histogram? ages = null) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<StreamClient> _clients = [];
    private readonly List<TokenCheck> _checks = [];
    private readonly List<Task> _streams = [];

    /// <summary>Tokens received so far.</summary>
    public long Tokens => _checks.Sum(check => (long)check.Tokens);

    /// <summary>Opens streams, and waits until each has its first token.</summary>
    /// <exception cref="IOException">One of them has none; the message says why.</exception>
    public async Task OpenAsync(int count, TimeSpan ramp)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var wait = ramp * i / count - Stopwatch.GetElapsedTime(began);
            if (wait >= TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, TimeProvider.System);
            var check = new TokenCheck(ages);
            var client = new StreamClient(server, check);
            _clients.Add(client);
            _checks.Add(check);
            _streams.Add(ReadAsync(client, check));
        }
        await Task.WhenAll(_checks.Select(check => check.Spoke)).WaitAsync(Patience, TimeProvider.System);
        if (_checks.FirstOrDefault(check => check.Problem is not null) is { Problem: var problem }) throw new IOException(problem);
    }

    /// <summary>Waits until every stream has ended, and tells what was wrong.</summary>
    public async Task EndAsync(Result result)
    {
        await Task.WhenAll(_streams).WaitAsync(Patience, TimeProvider.System);
        foreach (var check in _checks.Where(check => check.Problem is not null)) result.Fail(check.Problem!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Leave();
        await Task.WhenAll(_streams);
    }

    private async Task ReadAsync(StreamClient client, TokenCheck check) => check.End(await client.RunAsync(request), tokens);
}
