using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Load;

namespace Tokenfall.Bench.Load;

/// <summary>Many streams that start at random moments of a time, as people do: at even ones, tokens of many would be due together.</summary>
/// <param name="server">Where.</param>
/// <param name="request">What each sends.</param>
/// <param name="tokens">How many tokens each must bring.</param>
/// <param name="times">Takes the times of tokens.</param>
internal sealed class TokenLoad(IPEndPoint server, byte[] request, int tokens, TokenTimes? times = null) : IAsyncDisposable
{
    private const double KeptUp = 0.95;

    /// <summary>A core is as good as full when it is as busy as this.</summary>
    public const double FullCore = 0.93;

    // The same moments for every contender.
    private const int Seed = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(20);

    private readonly List<StreamClient> _clients = [];
    private readonly List<TokenCheck> _checks = [];
    private readonly List<Task> _streams = [];
    private readonly Lock _lock = new();
    private readonly Random _moments = new(Seed);
    private volatile bool _ending;

    /// <summary>Whether a stream that has ended is followed by another, until <see cref="EndAsync"/>.</summary>
    public bool Again { get; init; }

    /// <summary>Tokens received so far.</summary>
    public long Tokens
    {
        get
        {
            lock (_lock) return _checks.Sum(check => (long)check.Tokens);
        }
    }

    /// <summary>Opens streams, spread over the time given. Does not wait for what they bring.</summary>
    /// <exception cref="IOException">One of them was refused or cut; the message says why.</exception>
    public async Task OpenAsync(int count, TimeSpan ramp)
    {
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
    public Task SpeakAsync()
    {
        lock (_lock) return Task.WhenAll(_checks.Select(check => check.Spoke)).WaitAsync(SlowestStart, TimeProvider.System);
    }

    /// <summary>
    /// Waits until every stream has ended, and tells what was wrong. Streams that the contender cannot keep up with are left
    /// instead: they would end minutes later. What they brought has been checked too.
    /// </summary>
    /// <param name="perSecond">Tokens that came a second.</param>
    /// <param name="offered">Tokens that the model offered a second.</param>
    /// <param name="loadCore">How busy the core of the model and the readers was, from 0 to 1.</param>
    /// <param name="result">Takes what is to be told.</param>
    public async Task FinishAsync(double perSecond, double offered, double loadCore, Result result)
    {
        if (loadCore > FullCore) result.Note("the core of the model and the readers was full: this figure is bounded by them.");
        if (NoteIfBehind(perSecond, offered, result)) Report(result);
        else await EndAsync(result);
    }

    /// <summary>Notes that the contender could not keep up, where that is so.</summary>
    /// <param name="perSecond">Tokens that came a second.</param>
    /// <param name="offered">Tokens that the model offered a second.</param>
    /// <param name="result">Takes the note.</param>
    /// <returns>Whether that is so.</returns>
    public static bool NoteIfBehind(double perSecond, double offered, Result result)
    {
        if (perSecond >= KeptUp * offered) return false;
        result.Note(string.Create(CultureInfo.InvariantCulture, $"it did not keep up: {perSecond:N0} of {offered:N0} deltas a second came."));
        return true;
    }

    /// <summary>Waits until every stream has ended, and tells what was wrong.</summary>
    public async Task EndAsync(Result result)
    {
        _ending = true;
        await Task.WhenAll(_streams).WaitAsync(Patience, TimeProvider.System);
        Report(result);
    }

    /// <summary>Tells what was wrong so far.</summary>
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
        while (Again && !_ending);
    }
}
