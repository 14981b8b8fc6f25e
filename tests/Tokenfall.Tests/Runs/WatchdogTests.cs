namespace Tokenfall.Tests;

public class WatchdogTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly TestClock _time = new();
    private readonly RunWriter _writer;
    private readonly UpstreamOptions _limits = TestRuns.Timeouts;

    public WatchdogTests() => _writer = new RunWriter(new RunLog(_time), _time);

    [Fact]
    public async Task NoContent_ForTheFirstContentTimeout_IsLate()
    {
        using var watchdog = Watch();

        _time.Advance(_limits.FirstContentTimeout - Tick);
        Assert.Null(watchdog.ExceededLimit);
        _time.Advance(Tick);

        await CancelledAsync(watchdog);
        Assert.Contains("Tokenfall:Upstream:FirstContentTimeout", watchdog.ExceededLimit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoFurtherContent_ForTheContentTimeout_IsLate()
    {
        using var watchdog = Watch();
        _time.Advance(TimeSpan.FromSeconds(30));
        _writer.Text("a");

        _time.Advance(_limits.ContentTimeout - Tick);
        Assert.Null(watchdog.ExceededLimit);
        _time.Advance(Tick);

        await CancelledAsync(watchdog);
        Assert.Contains("Tokenfall:Upstream:ContentTimeout", watchdog.ExceededLimit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentTimeout_ShorterThanTheWaitForTheFirst_HoldsFromTheFirstContentOn()
    {
        _limits.ContentTimeout = TimeSpan.FromSeconds(10);
        using var watchdog = Watch();
        _time.Advance(TimeSpan.FromSeconds(3));
        _writer.Text("a");

        _time.Advance(_limits.ContentTimeout - Tick);
        Assert.Null(watchdog.ExceededLimit);
        _time.Advance(Tick);

        await CancelledAsync(watchdog);
    }

    [Fact]
    public void Progress_BetweenContents_StartsTheContentTimeoutAgain()
    {
        using var watchdog = Watch();
        _writer.Text("a");
        _time.Advance(TimeSpan.FromSeconds(44));
        _writer.Progress();

        _time.Advance(TimeSpan.FromSeconds(44));

        Assert.Null(watchdog.ExceededLimit);
    }

    [Fact]
    public void SlowButSteadyContent_IsNeverLateForItsContentTimeout()
    {
        using var watchdog = Watch();
        for (var i = 0; i < 13; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(44));
            _writer.Text("a");
        }

        Assert.Null(watchdog.ExceededLimit);
    }

    [Fact]
    public async Task SteadyContent_ForTheTotalTimeout_IsLate()
    {
        using var watchdog = Watch();
        for (var i = 0; i < 599; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _writer.Text("a");
        }
        Assert.Null(watchdog.ExceededLimit);

        _time.Advance(TimeSpan.FromSeconds(1));

        await CancelledAsync(watchdog);
        Assert.Contains("Tokenfall:Upstream:TotalTimeout", watchdog.ExceededLimit, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyTokens_ShareOneTimerThatNobodyMoves()
    {
        var timers = new LateTimers();
        var writer = new RunWriter(new RunLog(timers), timers);
        using var watchdog = new Watchdog(writer, _limits, timers);
        for (var i = 0; i < 1000; i++) writer.Text("a");

        Assert.Equal((1, 1), (timers.Created, timers.Changes));
    }

    [Fact]
    public void Content_AtTimestampZero_Counts()
    {
        var timers = new LateTimers { Now = TimeSpan.Zero };
        var writer = new RunWriter(new RunLog(timers), timers);
        using var watchdog = new Watchdog(writer, _limits, timers);
        writer.Text("a");

        timers.Now = _limits.ContentTimeout;
        timers.Fire(0);

        Assert.Contains("Tokenfall:Upstream:ContentTimeout", watchdog.ExceededLimit, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_TakesTheTimerAway()
    {
        Watch().Dispose();

        Assert.Equal(0, _time.ActiveTimers);
    }

    // An exception on a timer's thread ends the process.
    [Fact]
    public void Timer_FiringWhileDisposed_DoesNotThrow()
    {
        var timers = new LateTimers();
        var watchdog = new Watchdog(new RunWriter(new RunLog(timers), timers), _limits, timers);
        watchdog.Dispose();

        timers.Now += _limits.TotalTimeout;

        Assert.Null(Record.Exception(() => timers.Fire(0)));
    }

    [Fact]
    public void Timer_WhenASourcesCallbackThrows_DoesNotThrow()
    {
        var timers = new LateTimers();
        using var watchdog = new Watchdog(new RunWriter(new RunLog(timers), timers), _limits, timers);
        using var registration = watchdog.Late.Register(() => throw new InvalidOperationException("a source's fault"));

        timers.Now += _limits.TotalTimeout;

        Assert.Null(Record.Exception(() => timers.Fire(0)));
    }

    [Fact]
    public void FirstContent_WrittenWhileTheWatchdogLooks_IsNotLate()
    {
        var timers = new LateTimers();
        var writer = new RunWriter(new RunLog(timers), timers);
        using var watchdog = new Watchdog(writer, _limits, timers);
        timers.Now += TimeSpan.FromSeconds(50);

        timers.Meanwhile = () => timers.Fire(0);
        writer.Progress();

        Assert.Null(watchdog.ExceededLimit);
    }

    [Fact]
    public void Pause_EndedWhileTheWatchdogLooks_IsNotLate()
    {
        var timers = new LateTimers();
        var writer = new RunWriter(new RunLog(timers), timers);
        using var watchdog = new Watchdog(writer, _limits, timers);
        writer.PauseContentTimeout();
        timers.Now += TimeSpan.FromMinutes(5);

        timers.Meanwhile = writer.Progress;
        timers.Fire(0);

        Assert.Null(watchdog.ExceededLimit);
    }

    private Watchdog Watch() => new(_writer, _limits, _time);

    // Cancelling may run on another thread: wait for the token's own signal.
    private static async Task CancelledAsync(Watchdog watchdog)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = watchdog.Late.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TestRuns.Bound);
    }
}
