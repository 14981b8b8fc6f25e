using System.Diagnostics;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Load;

/// <summary>Puts a load on a server, as its plan says.</summary>
/// <param name="plan">The load.</param>
internal sealed class LoadRun(LoadPlan plan) : IDisposable
{
    // So many connect at once: less than a listening socket queues.
    private const int Connecting = 128;

    private static readonly TimeSpan SampleTime = TimeSpan.FromSeconds(1);

    private readonly LoadTally _tally = new();
    private readonly LoadRequests _requests = new(plan);
    private readonly SemaphoreSlim _connecting = new(Connecting);
    private readonly SemaphoreSlim _room = new(plan.Streams);
    private readonly List<LoadSample> _samples = [];
    private readonly TimeProvider _time = TimeProvider.System;
    private long _began;

    /// <summary>The times recorded so far.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>Since the first request.</summary>
    public TimeSpan Elapsed => _began == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_began);

    /// <summary>The sums so far.</summary>
    public LoadTotals Totals() => _tally.Totals();

    /// <summary>Runs it. Cancelling ends the load early: open streams are left, and what was seen is the result.</summary>
    /// <exception cref="CommandException">Nothing answers at the address, or the machine's limits are too low.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        RequireFiles();
        var target = await TargetSearch.FindAsync(plan.Url, plan.Access.Insecure, cancellationToken);
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

    public void Dispose()
    {
        _connecting.Dispose();
        _room.Dispose();
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
                if (!await RoomAsync(cancellationToken)) break;
                await _connecting.WaitAsync(cancellationToken);
                if (number % 1024 == 0) running.RemoveAll(stream => stream.IsCompleted);
                running.Add(OneAsync(target, number));
            }
        }
        catch (OperationCanceledException)
        {
            // No more streams; those that are open are left next.
        }
        return Task.WhenAll(running);
    }

    // False when the time for new streams is over.
    private async Task<bool> RoomAsync(CancellationToken cancellationToken)
    {
        if (plan.Duration is not { } duration)
        {
            await _room.WaitAsync(cancellationToken);
            return true;
        }
        var left = duration - Elapsed;
        return left > TimeSpan.Zero && await _room.WaitAsync(left, cancellationToken);
    }

    private TimeSpan DueTime(int number)
    {
        var ramp = plan.Ramp * Math.Min(1, (double)number / plan.Streams);
        var pace = plan.Pace is { } perSecond ? TimeSpan.FromSeconds(number / perSecond) : TimeSpan.Zero;
        return ramp > pace ? ramp : pace;
    }

    private async Task OneAsync(StreamTarget target, int number)
    {
        var stream = new LoadStream(plan, Figures, target, _requests, number);
        _tally.Start(stream);
        var verdict = await stream.RunAsync(() => _connecting.Release());
        _tally.End(stream, verdict, plan.SameText);
        _room.Release();
    }

    private async Task FinishAsync(Task streams, CancellationToken cancellationToken)
    {
        try
        {
            await (plan.Duration is null ? streams.WaitAsync(cancellationToken) : streams.WaitAsync(plan.Finish, _time, cancellationToken));
        }
        catch (Exception early) when (early is TimeoutException or OperationCanceledException)
        {
            foreach (var stream in _tally.Open()) stream.GiveUp(Verdict.Unfinished);
            await streams;
        }
    }

    private async Task WatchAsync(CancellationToken over)
    {
        using var clock = new PeriodicTimer(SampleTime, _time);
        long deltas = 0;
        var at = TimeSpan.Zero;
        long[]? seen = null;
        try
        {
            while (await clock.WaitForNextTickAsync(over))
            {
                foreach (var stream in _tally.Open().Where(IsSilent))
                    stream.GiveUp(Verdict.Broken, $"nothing came for {plan.Silence.TotalSeconds:0.#} s");
                var (totals, now) = (Totals(), Elapsed);
                var times = Figures.Latency.Count > 0 ? Figures.Latency : Figures.Gap;
                var before = seen;
                var p50 = times.PercentileSince(0.5, ref before);
                _samples.Add(new(now.TotalSeconds, totals.Open, totals.Ended.Values.Sum(), (totals.Deltas - deltas) / (now - at).TotalSeconds, p50, times.PercentileSince(0.99, ref seen)));
                (deltas, at) = (totals.Deltas, now);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }

    private bool IsSilent(LoadStream stream) => Stopwatch.GetElapsedTime(stream.Arrived) > plan.Silence;

    private void RequireFiles()
    {
        try
        {
            FileLimit.Require(plan.Streams);
        }
        catch (InvalidOperationException tooLow)
        {
            throw CommandException.Usage(tooLow.Message);
        }
    }

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
            Connect = Spread.Of(Figures.Connect),
            FirstToken = Spread.Of(Figures.FirstToken),
            Latency = Figures.Latency.Count > 0 ? Spread.Of(Figures.Latency) : null,
            Gap = Spread.Of(Figures.Gap),
            Generator = new(Math.Round(cpu.TotalSeconds, 3), Math.Round(cpu.TotalMicroseconds / Math.Max(1, totals.Deltas), 2), Math.Round(cpu / took, 3)),
            Problems = totals.Problems,
            Samples = _samples,
        };
    }
}
