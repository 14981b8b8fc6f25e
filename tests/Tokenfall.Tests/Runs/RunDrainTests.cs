using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

public class RunDrainTests
{
    private readonly TestClock _time = new();
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly HeldSource _source = new();
    private readonly TokenfallOptions _options = TestRuns.Plain;
    private readonly RunManager _manager;

    public RunDrainTests() => _manager = TestRuns.Manager(_time, _logger, _options);

    [Fact]
    public async Task Drain_WithoutRuns_CompletesAtOnceAndSaysNothing()
    {
        await _manager.DrainAsync().WaitAsync(TestRuns.Bound);

        Assert.Empty(_logger.Collector.GetSnapshot());
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Drain_OnceCalled_RefusesStartsAndSaysSo()
    {
        Assert.False(_manager.IsDraining);
        var drained = _manager.DrainAsync();

        Assert.True(_manager.IsDraining);
        Assert.Equal(AdmissionRejection.Draining, Assert.Throws<AdmissionException>(() => _manager.Start(_source)).Reason);
        await drained.WaitAsync(TestRuns.Bound);
        Assert.Equal(0, _source.Calls);
    }

    [Fact]
    public async Task Drain_WithALiveRun_LetsItFinish()
    {
        var run = await LiveAsync();
        var drained = _manager.DrainAsync();
        _time.Advance(_options.DrainTime - TimeSpan.FromMilliseconds(1));
        Assert.False(drained.IsCompleted);

        _source.Finish();
        await drained.WaitAsync(TestRuns.Bound);

        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Drain_WhenItsTimeIsOver_InterruptsWithItsUsage()
    {
        var run = await LiveAsync();
        var drained = _manager.DrainAsync();
        _time.Advance(_options.DrainTime);
        await drained.WaitAsync(TestRuns.Bound);

        var error = run.Terminal();
        Assert.Equal((RunStatus.Failed, "interrupted", true), (run.Status, error.Code(), error.Error!.Retryable));
        Assert.Equal((UsageQuality.Estimated, 2, 5), (error.Quality, error.Usage.TotalOutputTokens, error.Chars));
        Assert.Equal((0, 0), (_manager.Count, _source.Open));
        Assert.True(_logger.Collector.Has(LogLevel.Warning, "Drain time is over: 1 live"), _logger.Collector.Text());
    }

    [Fact]
    public async Task Drain_WhenItInterrupts_WarnsWithTheUsageAndReportsNoError()
    {
        var run = await LiveAsync();
        await _manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(TestRuns.Bound);

        Assert.Contains(_logger.Collector.GetSnapshot(), entry => entry.Level == LogLevel.Warning
            && entry.Message.StartsWith($"Run {run.Id} interrupted", StringComparison.Ordinal) && entry.Text().Contains("2 out (estimated)", StringComparison.Ordinal));
        Assert.DoesNotContain(_logger.Collector.GetSnapshot(), entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Drain_Cancelled_InterruptsAtOnceAndStillWaitsForTheEnd()
    {
        var run = await LiveAsync();
        using var interruption = new CancellationTokenSource();
        var drained = _manager.DrainAsync(interruption.Token);

        await interruption.CancelAsync();
        await drained.WaitAsync(TestRuns.Bound);

        Assert.Equal("interrupted", run.Terminal().Code());
    }

    // Many times over: the drain must wait for the terminal event, not just for the lease.
    [Fact]
    public async Task Drain_WhenItCompletes_LeavesEveryLogComplete()
    {
        for (var i = 0; i < 200; i++)
        {
            var manager = TestRuns.Manager(_time);
            var runs = Enumerable.Range(0, 4).Select(_ => manager.Start(CallbackSource.Silent())).ToList();

            await manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(TestRuns.Bound);

            Assert.All(runs, run => Assert.True(run.Log.IsComplete && run.Ended.IsCompleted));
        }
    }

    [Fact]
    public async Task Runs_AdmittedJustBeforeADrain_AreInterruptedToo()
    {
        for (var i = 0; i < 100; i++)
        {
            var manager = TestRuns.Manager(_time);
            using var together = new Barrier(2);
            var starting = Task.Run(() =>
            {
                var runs = new List<Run>();
                together.SignalAndWait();
                try
                {
                    while (runs.Count < 300) runs.Add(manager.Start(CallbackSource.Silent()));
                }
                catch (AdmissionException)
                {
                }
                return runs;
            });
            together.SignalAndWait();

            await manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(TestRuns.Bound);

            Assert.All(await starting, run => Assert.Equal("interrupted", run.Terminal().Code()));
        }
    }

    [Fact]
    public async Task Drain_Twice_CompletesBothTimes()
    {
        await LiveAsync();
        var both = Task.WhenAll(_manager.DrainAsync(), _manager.DrainAsync());

        _source.Finish();

        await both.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Stop_WhileDraining_StopsAsEver()
    {
        var run = await LiveAsync();
        var drained = _manager.DrainAsync();

        _manager.Find(run.Id, "ann")!.Stop();
        await drained.WaitAsync(TestRuns.Bound);

        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    [Fact]
    public async Task Stop_BeforeTheInterruption_Counts()
    {
        var run = await LiveAsync();
        run.Stop();
        run.Interrupt();
        await run.EndedInTime();

        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    private async Task<Run> LiveAsync()
    {
        var run = _manager.Start(_source);
        await _source.Started;
        return run;
    }
}
