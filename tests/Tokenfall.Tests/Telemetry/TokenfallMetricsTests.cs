using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Tests;

public sealed class TokenfallMetricsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, object? Outcome)> _seen = new();
    private readonly RunManager _manager;

    public TokenfallMetricsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        // Other tests have meters of the same name: only this factory's count.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Tokenfall" && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _seen.Enqueue((instrument.Name, value, null)));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Enqueue((instrument.Name, value, tags[0].Value)));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _seen.Enqueue((instrument.Name, value, null)));
        _listener.Start();
        _manager = new RunManager(Options.Create(TestRuns.Plain), _time, new FakeLogger<RunManager>(), meters: meters);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task EndedRuns_AreCountedByOutcome()
    {
        await _manager.Start(writer => writer.Complete("end_turn")).EndedInTime();
        await _manager.Start(_ => { }).EndedInTime();
        await _manager.Start(_ => throw new ModelException(ErrorCode.Overloaded, "529", true)).EndedInTime();
        await StoppedAsync(run => run.Stop());
        await StoppedAsync(run => run.Interrupt());

        Assert.Equal(["done", "truncated", "overloaded", "stopped", "interrupted"], Of("tokenfall.runs.ended").Select(entry => entry.Outcome));
        Assert.All(Of("tokenfall.runs.ended"), entry => Assert.Equal(1, entry.Value));
        Assert.Equal(2, Of("tokenfall.stop.duration").Length);
    }

    [Fact]
    public async Task StoppedRun_RecordsHowLongItsSourceTook()
    {
        await StoppedAsync(run => run.Stop(), () => _time.Advance(TimeSpan.FromSeconds(0.25)));

        Assert.Equal(0.25, Assert.Single(Of("tokenfall.stop.duration")).Value);
    }

    [Fact]
    public async Task RunThatEndsByItself_RecordsNoStop()
    {
        var run = _manager.Start(writer => writer.Complete("end_turn"));
        await run.EndedInTime();
        run.Stop();

        Assert.Empty(Of("tokenfall.stop.duration"));
    }

    [Fact]
    public async Task LiveRuns_AreGauged()
    {
        var source = new HeldSource();
        var runs = new[] { _manager.Start(source), _manager.Start(source) };
        _listener.RecordObservableInstruments();
        source.Finish();
        await Task.WhenAll(runs.Select(run => run.EndedInTime()));
        _listener.RecordObservableInstruments();

        Assert.Equal([2, 0], Of("tokenfall.runs.active").Select(entry => entry.Value));
    }

    [Fact]
    public void Leases_AreGauged()
    {
        var scheduler = new LimitScheduler(Options.Create(TestRuns.Plain), _services.GetRequiredService<IMeterFactory>());
        var lease = scheduler.Accept("ada");
        _listener.RecordObservableInstruments();
        lease.Dispose();
        _listener.RecordObservableInstruments();

        Assert.Equal([1, 0], Of("tokenfall.leases.active").Select(entry => entry.Value));
    }

    // A listener is the application's code.
    [Fact]
    public async Task Listener_ThatThrows_ChangesNoOutcome()
    {
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("an exporter's fault"));

        var run = await StoppedAsync(run => run.Stop());

        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    private (string Name, double Value, object? Outcome)[] Of(string name) => [.. _seen.Where(entry => entry.Name == name)];

    private async Task<Run> StoppedAsync(Action<Run> stop, Action? closing = null)
    {
        var started = new TaskCompletionSource();
        var run = _manager.Start(new CallbackSource(async (_, cancellationToken) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                closing?.Invoke();
            }
        }));
        await started.Task.WaitAsync(TestRuns.Bound);
        stop(run);
        await run.EndedInTime();
        return run;
    }
}
