using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>A source that does not pass its token on: its run ends all the same.</summary>
public class UncancellableSourceTests
{
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    private readonly TestClock _time = new();
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hears = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _late = new();
    private readonly RunManager _manager;

    public UncancellableSourceTests() => _manager = TestRuns.Manager(_time, _logger);

    [Fact]
    public async Task Stop_OfADeafSource_EndsTheRunAfterTheTimeout()
    {
        var run = await StoppedAsync();

        _time.Advance(CancelTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal(RunStatus.Running, run.Status);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await run.EndedInTime();

        Assert.Equal((RunStatus.Stopped, 0), (run.Status, _manager.Count));
        Assert.True(_logger.Collector.Has(LogLevel.Error, "CancellationToken"), _logger.Collector.Text());
        _hears.SetResult();
    }

    [Fact]
    public async Task Source_ThatEndsWithinTheTimeout_IsNotLeftBehind()
    {
        var run = await StoppedAsync();
        _hears.SetResult();
        await run.EndedInTime();

        Assert.DoesNotContain(_logger.Collector.GetSnapshot(), entry => entry.Level == LogLevel.Error);
    }

    // The token's callbacks run one after the other, the last registered first: the run must not depend on its turn.
    [Fact]
    public async Task Stop_OfASourceWhoseCallbackBlocks_EndsTheRunAfterTheTimeout()
    {
        using var blocked = new ManualResetEventSlim();
        var run = _manager.Start(new CallbackSource(async (_, cancellationToken) =>
        {
            cancellationToken.Register(blocked.Wait);
            _started.SetResult();
            await _hears.Task;
        }));
        await _started.Task.WaitAsync(TestRuns.Bound);

        run.Stop();
        await _time.WaitForTimersAsync(2);
        _time.Advance(CancelTimeout);
        await run.EndedInTime();

        Assert.Equal((RunStatus.Stopped, 0), (run.Status, _manager.Count));
        blocked.Set();
        _hears.SetResult();
    }

    [Fact]
    public async Task LateWrites_OfASourceLeftBehind_GoNowhereAndThrowIntoIt()
    {
        var run = await StoppedAsync();
        _time.Advance(CancelTimeout);
        await run.EndedInTime();
        var count = run.Log.Count;

        _hears.SetResult();

        Assert.IsType<InvalidOperationException>(await _late.Task.WaitAsync(TestRuns.Bound));
        Assert.Equal((count, 5), (run.Log.Count, run.Terminal().Chars));
    }

    [Fact]
    public async Task Chars_OfASourceThatWritesWithoutEnd_AreThoseOfTheLog()
    {
        for (var i = 0; i < 20; i++)
        {
            var test = new UncancellableSourceTests();
            var run = test._manager.Start(new CallbackSource((writer, _) =>
            {
                writer.Text("a");
                test._started.SetResult();
                while (true)
                {
                    writer.Text("a");
                    Thread.SpinWait(100);
                }
            }));
            await test._started.Task.WaitAsync(TestRuns.Bound);
            run.Stop();
            await test._time.WaitForTimersAsync(2);
            test._time.Advance(CancelTimeout);
            await run.EndedInTime();

            var text = run.Log.Frames().Where(frame => frame.Kind == EventKind.Text).Sum(frame => frame.Payload.Length);
            Assert.Equal(text, run.Terminal().Chars);
        }
    }

    [Fact]
    public async Task Timeout_OfADeafSource_EndsTheRunAsATimeout()
    {
        var run = await DeafAsync();
        _time.Advance(TimeSpan.FromSeconds(45));
        await _time.WaitForTimersAsync(1);
        _time.Advance(CancelTimeout);
        await run.EndedInTime();

        Assert.Equal("upstream_timeout", run.Terminal().Code());
        _hears.SetResult();
    }

    [Fact]
    public async Task Drain_WithADeafSource_EndsAfterTheTimeout()
    {
        var run = await DeafAsync();
        var drained = _manager.DrainAsync(new CancellationToken(canceled: true));
        // The watchdog's, the drain's, and the one that bounds the wait for the source.
        await _time.WaitForTimersAsync(3);
        _time.Advance(CancelTimeout);
        await drained.WaitAsync(TestRuns.Bound);

        Assert.Equal("interrupted", run.Terminal().Code());
        _hears.SetResult();
    }

    // It does not only ignore its cancellation: it blocks its thread.
    [Fact]
    public async Task Stop_OfASourceThatBlocks_EndsTheRunAfterTheTimeout()
    {
        using var release = new ManualResetEventSlim();
        var run = _manager.Start(new CallbackSource((_, _) =>
        {
            _started.SetResult();
            release.Wait(TestRuns.Bound * 2, CancellationToken.None);
            return Task.CompletedTask;
        }));
        await _started.Task.WaitAsync(TestRuns.Bound);
        try
        {
            run.Stop();
            await _time.WaitForTimersAsync(2).WaitAsync(TestRuns.Bound);
            _time.Advance(CancelTimeout);
            await run.EndedInTime();
        }
        finally
        {
            release.Set();
        }

        Assert.Equal((RunStatus.Stopped, 0), (run.Status, _manager.Count));
    }

    [Fact]
    public async Task LateFault_OfASourceLeftBehind_IsNotLeftUnobserved()
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (args.Exception.ToString().Contains("a late failure of an abandoned source", StringComparison.Ordinal)) Interlocked.Increment(ref unobserved);
        }
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            for (var i = 0; i < 5; i++) await LeaveBehindAsync();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Equal(0, unobserved);
    }

    private static async Task LeaveBehindAsync()
    {
        var test = new UncancellableSourceTests();
        var faulted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = test._manager.Start(new CallbackSource(async (_, _) =>
        {
            test._started.SetResult();
            await test._hears.Task;
            faulted.SetResult();
            throw new IOException("a late failure of an abandoned source");
        }));
        await test._started.Task.WaitAsync(TestRuns.Bound);
        run.Stop();
        await test._time.WaitForTimersAsync(2);
        test._time.Advance(CancelTimeout);
        await run.EndedInTime();
        test._hears.SetResult();
        await faulted.Task.WaitAsync(TestRuns.Bound);
    }

    private async Task<Run> DeafAsync()
    {
        var run = _manager.Start(new CallbackSource(async (writer, _) =>
        {
            writer.Text("Hello");
            _started.SetResult();
            await _hears.Task;
            _late.SetResult(Record.Exception(() => writer.Text(" again")));
        }));
        await _started.Task.WaitAsync(TestRuns.Bound);
        return run;
    }

    // Two timers wait: the watchdog's, and the one that bounds the wait for the source.
    private async Task<Run> StoppedAsync()
    {
        var run = await DeafAsync();
        run.Stop();
        await _time.WaitForTimersAsync(2);
        return run;
    }
}
