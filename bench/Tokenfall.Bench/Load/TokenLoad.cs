using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Many streams that start at random moments, as with people: at regular ones, the tokens of many streams would be due at once.</summary>
/// <param name="server">The server.</param>
/// <param name="request">The request of each stream.</param>
/// <param name="tokens">How many tokens each stream must deliver.</param>
/// <param name="times">Records the times of tokens.</param>
internal sealed class TokenLoad(IPEndPoint server, byte[] request, int tokens, TokenTimes? times = null) : IAsyncDisposable
{
    private const double KeepsUpShare = 0.95;

    /// <summary>A core counts as full when it is this busy.</summary>
    public const double FullCore = 0.93;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstTokenTimeout = TimeSpan.FromSeconds(20);

    private readonly List<StreamClient> _clients = [];
    private readonly List<TokenCheck> _checks = [];
    private readonly List<Task> _streams = [];
    private readonly Lock _lock = new();
    private Random? _moments;
    private volatile bool _ending;

    /// <summary>Decides when streams begin: the same for every contender.</summary>
    public int Seed { get; init; } = 20;

    /// <summary>Whether each stream that ends is replaced by a new one, until <see cref="EndAsync"/>.</summary>
    public bool ReplaceEnded { get; init; }

    /// <summary>How many tokens have arrived.</summary>
    public long Tokens
    {
        get
        {
            lock (_lock) return _checks.Sum(check => (long)check.Tokens);
        }
    }

    /// <summary>Opens streams over the given time. Does not wait for their tokens.</summary>
    /// <exception cref="IOException">One of them was refused or cut; the message says why.</exception>
    public async Task OpenAsync(int count, TimeSpan ramp)
    {
        _moments ??= new Random(Seed);
        var began = Stopwatch.GetTimestamp();
        foreach (var moment in Enumerable.Range(0, count).Select(_ => ramp * _moments.NextDouble()).Order())
        {
            var wait = moment - Stopwatch.GetElapsedTime(began);
            if (wait >= TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, TimeProvider.System);
            _streams.Add(ReadAsync());
        }
        lock (_lock)
        {
            if (_checks.FirstOrDefault(check => check.Problem is not null) is { Problem: var problem }) throw new IOException(problem);
        }
    }

    /// <summary>Waits until each stream has its first token.</summary>
    /// <exception cref="TimeoutException">One of them had none after 20 s.</exception>
    public Task WaitForFirstTokensAsync()
    {
        lock (_lock) return Task.WhenAll(_checks.Select(check => check.FirstToken)).WaitAsync(FirstTokenTimeout, TimeProvider.System);
    }

    /// <summary>
    /// Waits until every stream has ended, and reports problems. Streams that the contender cannot keep up with are not awaited: they
    /// would end minutes later. What they delivered has been checked, too.
    /// </summary>
    /// <param name="perSecond">Tokens that arrived per second.</param>
    /// <param name="offered">Tokens that the model sent per second.</param>
    /// <param name="loadCore">How busy the core of the model and the readers was, from 0 to 1.</param>
    /// <param name="result">Receives notes and problems.</param>
    public async Task FinishAsync(double perSecond, double offered, double loadCore, Result result)
    {
        if (loadCore > FullCore) result.Note("the core of the model and the readers was full: this figure is bounded by them.");
        if (NoteIfBehind(perSecond, offered, result)) Report(result);
        else await EndAsync(result);
    }

    /// <summary>Adds a note when the contender could not keep up.</summary>
    /// <param name="perSecond">Tokens that arrived per second.</param>
    /// <param name="offered">Tokens that the model sent per second.</param>
    /// <param name="result">Receives the note.</param>
    /// <returns>Whether it could not keep up.</returns>
    public static bool NoteIfBehind(double perSecond, double offered, Result result)
    {
        if (perSecond >= KeepsUpShare * offered) return false;
        result.Note(string.Create(CultureInfo.InvariantCulture, $"it did not keep up: {perSecond:N0} of {offered:N0} deltas per second arrived."));
        return true;
    }

    /// <summary>Waits until every stream has ended, and reports problems.</summary>
    public async Task EndAsync(Result result)
    {
        _ending = true;
        await Task.WhenAll(_streams).WaitAsync(Timeout, TimeProvider.System);
        Report(result);
    }

    /// <summary>Reports the problems so far.</summary>
    public void Report(Result result)
    {
        lock (_lock)
        {
            foreach (var check in _checks.Where(check => check.Problem is not null)) result.Fail(check.Problem!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        lock (_lock)
        {
            foreach (var client in _clients) client.Abort();
        }
        await Task.WhenAll(_streams);
    }

    private async Task ReadAsync()
    {
        do
        {
            var check = new TokenCheck(times);
            using var client = new StreamClient(server, check);
            lock (_lock)
            {
                _clients.Add(client);
                _checks.Add(check);
            }
            var end = await client.RunAsync(request);
            if (end == StreamEnd.Aborted) return;
            check.End(end, tokens);
        }
        while (ReplaceEnded && !_ending);
    }
}
