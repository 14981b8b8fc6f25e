using System.Diagnostics;

namespace Tokenfall.Load;

/// <summary>Puts a load on a server and checks what comes back.</summary>
/// <param name="plan">The load.</param>
public sealed class LoadRun(LoadPlan plan) : IDisposable
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    // A rate over less time than this says nothing.
    private static readonly TimeSpan ShortestSample = TimeSpan.FromSeconds(0.1);

    private readonly LoadTally _tally = new();
    private readonly LoadRequests _requests = new(plan);
    private readonly SemaphoreSlim _connecting = new(StreamClient.MaxConnecting);
    private readonly SemaphoreSlim _slots = new(plan.Streams);
    private readonly List<LoadSample> _samples = [];
    private readonly TimeProvider _time = TimeProvider.System;
    private long _began;

    /// <summary>The times recorded so far.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>The time since the first request.</summary>
    public TimeSpan Elapsed => _began == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_began);

    /// <summary>The sums so far. May be called from any thread.</summary>
    /// <returns>A snapshot.</returns>
    public LoadTotals Totals() => _tally.Totals();

    /// <summary>Runs the load to its end.</summary>
    /// <param name="cancellationToken">Ends it early: open streams are aborted, and the result is what was seen until then.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="FileLimitException">The limit on open files is too low for this many streams.</exception>
    /// <exception cref="ServerUnreachableException">Nothing answers at the URL.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        FileLimit.Require(plan.Streams);
        var target = await TargetResolver.ResolveAsync(plan.Url, plan.AcceptAnyCertificate, cancellationToken);
        var cpu = Environment.CpuUsage.TotalTime;
        _began = _time.GetTimestamp();
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(over.Token);
        var streams = await StartAllAsync(target, cancellationToken);
        await FinishAsync(streams, cancellationToken);
        var (took, used) = (Elapsed, Environment.CpuUsage.TotalTime - cpu);
        await over.CancelAsync();
        await watching;
        return ResultOf(took, used);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connecting.Dispose();
        _slots.Dispose();
    }

    private async Task<Task> StartAllAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        try
        {
            for (var number = 0; plan.Duration is not null || number < plan.Streams; number++)
            {
                if (DueTime(number) > plan.Duration) break;
                if (DueTime(number) - Elapsed is { Ticks: > 0 } early) await Task.Delay(early, _time, cancellationToken);
                if (!await WaitForSlotAsync(cancellationToken)) break;
                await _connecting.WaitAsync(cancellationToken);
                if (number % 1024 == 0) running.RemoveAll(stream => stream.IsCompleted);
                running.Add(RunStreamAsync(target, number));
            }
        }
        catch (OperationCanceledException)
        {
            // No more streams; FinishAsync aborts those that are open.
        }
        return Task.WhenAll(running);
    }

    // False when no more streams are to be opened.
    private async Task<bool> WaitForSlotAsync(CancellationToken cancellationToken)
    {
        if (plan.Duration is not { } duration)
        {
            await _slots.WaitAsync(cancellationToken);
            return true;
        }
        var left = duration - Elapsed;
        return left > TimeSpan.Zero && await _slots.WaitAsync(left, cancellationToken);
    }

    private TimeSpan DueTime(int number)
    {
        var ramp = plan.Ramp * Math.Min(1, (double)number / plan.Streams);
        var pace = plan.Pace is { } perSecond ? TimeSpan.FromSeconds(number / perSecond) : TimeSpan.Zero;
        return ramp > pace ? ramp : pace;
    }

    private async Task RunStreamAsync(StreamTarget target, int number)
    {
        var stream = new LoadStream(plan, Figures, target, _requests, number);
        _tally.Start(stream);
        var verdict = await stream.RunAsync(() => _connecting.Release());
        _tally.End(stream, verdict, plan.SameText);
        _slots.Release();
    }

    private async Task FinishAsync(Task streams, CancellationToken cancellationToken)
    {
        try
        {
            await (plan.Duration is null ? streams.WaitAsync(cancellationToken) : streams.WaitAsync(plan.FinishTimeout, _time, cancellationToken));
        }
        catch (Exception early) when (early is TimeoutException or OperationCanceledException)
        {
            foreach (var stream in _tally.Open()) stream.Abort(Verdict.Unfinished);
            await streams;
        }
    }

    private async Task WatchAsync(CancellationToken over)
    {
        using var clock = new PeriodicTimer(SampleInterval, _time);
        long deltas = 0;
        var at = TimeSpan.Zero;
        var earlier = new DurationHistogram();
        try
        {
            while (await clock.WaitForNextTickAsync(over))
            {
                foreach (var stream in _tally.Open().Where(IsIdle))
                    stream.Abort(Verdict.Broken, $"nothing arrived for {plan.IdleTimeout.TotalSeconds:0.#} s");
                Sample();
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over. Its last second is seldom a whole one.
            if (Elapsed - at >= ShortestSample) Sample();
        }

        void Sample()
        {
            var (totals, now) = (Totals(), Elapsed);
            var times = Figures.Latency.Count > 0 ? Figures.Latency : Figures.Gap;
            var all = times.Copy();
            var interval = all.Since(earlier);
            _samples.Add(new(
                now.TotalSeconds, totals.Open, totals.Ended.Values.Sum(), (totals.Deltas - deltas) / (now - at).TotalSeconds,
                interval.Percentile(0.5), interval.Percentile(0.99)));
            (deltas, at, earlier) = (totals.Deltas, now, all);
        }
    }

    private bool IsIdle(LoadStream stream) => Stopwatch.GetElapsedTime(stream.LastReceived) > plan.IdleTimeout;

    private LoadResult ResultOf(TimeSpan took, TimeSpan cpu)
    {
        var totals = Totals();
        return new LoadResult
        {
            Started = totals.Started,
            Streams = totals.Ended,
            Resumed = totals.Resumed,
            Lost = totals.Lost,
            Repeated = totals.Repeated,
            Deltas = totals.Deltas,
            Frames = totals.Frames,
            Bytes = totals.Bytes,
            Seconds = Math.Round(took.TotalSeconds, 3),
            PeakStreams = totals.Peak,
            Connect = Percentiles.Of(Figures.Connect),
            FirstToken = Percentiles.Of(Figures.FirstToken),
            Latency = Figures.Latency.Count > 0 ? Percentiles.Of(Figures.Latency) : null,
            Gap = Percentiles.Of(Figures.Gap),
            Generator = new(Math.Round(cpu.TotalSeconds, 3), totals.Deltas == 0 ? null : Math.Round(cpu.TotalMicroseconds / totals.Deltas, 2), Math.Round(cpu / took, 3)),
            Problems = totals.Problems,
            Samples = _samples,
        };
    }
}
