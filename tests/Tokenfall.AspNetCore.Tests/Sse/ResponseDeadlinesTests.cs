namespace Tokenfall.AspNetCore.Tests;

public sealed class ResponseDeadlinesTests
{
    private readonly TestClock _time = new();
    private int _wakes;
    private int _resets;

    [Fact]
    public void Heartbeat_SilenceForTheWholeTime_IsDue()
    {
        using var deadlines = Create(heartbeat: 15, writeTimeout: 30);

        Pass(15);

        Assert.True(deadlines.HeartbeatIsDue);
        Assert.Equal(1, _wakes);
    }

    [Fact]
    public void Heartbeat_AMomentBefore_IsNotDue()
    {
        using var deadlines = Create(heartbeat: 15, writeTimeout: 30);

        _time.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromMilliseconds(1));

        Assert.False(deadlines.HeartbeatIsDue);
    }

    [Theory]
    [InlineData(15, 30)]
    [InlineData(30, 15)]
    public void Heartbeat_FramesInBetween_CountsFromTheLastOne(int heartbeat, int writeTimeout)
    {
        using var deadlines = Create(heartbeat, writeTimeout);
        Pass(heartbeat - 1);
        Flush(deadlines);

        Pass(heartbeat - 1);
        Assert.False(deadlines.HeartbeatIsDue);
        Pass(1);

        Assert.True(deadlines.HeartbeatIsDue);
    }

    [Fact]
    public void Heartbeat_AfterOneWasSent_IsDueAgain()
    {
        using var deadlines = Create(heartbeat: 15, writeTimeout: 30);
        Pass(15);
        Flush(deadlines);
        Assert.False(deadlines.HeartbeatIsDue);

        Pass(15);

        Assert.True(deadlines.HeartbeatIsDue);
        Assert.Equal(2, _wakes);
    }

    [Theory]
    [InlineData(15, 30)]
    [InlineData(30, 15)]
    public void WriteTimeout_FlushTakesTooLong_Resets(int heartbeat, int writeTimeout)
    {
        using var deadlines = Create(heartbeat, writeTimeout);
        Pass(1);
        deadlines.FlushBegins();

        Pass(writeTimeout - 1);
        Assert.Equal(0, _resets);
        Pass(Math.Max(heartbeat, writeTimeout));

        Assert.Equal(1, _resets);
    }

    [Fact]
    public void WriteTimeout_FlushEndsInTime_DoesNotReset()
    {
        using var deadlines = Create(heartbeat: 15, writeTimeout: 30);
        deadlines.FlushBegins();
        Pass(29);
        deadlines.FlushEnds();

        Pass(1000);

        Assert.Equal(0, _resets);
    }

    [Fact]
    public void Dispose_WhileFlushing_NeverResetsWhatTheConnectionServesNext()
    {
        var deadlines = Create(heartbeat: 15, writeTimeout: 30);
        deadlines.FlushBegins();

        deadlines.Dispose();

        Assert.Equal(0, _time.ActiveTimers);
        Pass(1000);
        Assert.Equal(0, _resets);
    }

    [Fact]
    public void Start_TimerFiresAtOnce_DoesNotFail()
    {
        using var deadlines = new ResponseDeadlines(new TokenfallHttpOptions { Heartbeat = TimeSpan.FromTicks(1) }, canResume: false, new HastyTimeProvider());
        deadlines.Start(() => _wakes++, () => _resets++);

        Assert.Equal(0, _resets);
    }

    [Fact]
    public void Rotation_AtTheAge_IsDueWithinItsJitter()
    {
        using var deadlines = Create(heartbeat: 1000, writeTimeout: 1000, canResume: true);

        Pass(269);
        Assert.False(deadlines.RotationIsDue);
        Pass(331 - 269);

        Assert.True(deadlines.RotationIsDue);
        Assert.Equal(1, _wakes);
    }

    [Fact]
    public void Rotation_OfAReaderThatCannotResume_IsNeverDue()
    {
        using var deadlines = Create(heartbeat: 1000, writeTimeout: 1000, canResume: false);

        Pass(100_000);

        Assert.False(deadlines.RotationIsDue);
    }

    private ResponseDeadlines Create(int heartbeat, int writeTimeout, bool canResume = false)
    {
        var options = new TokenfallHttpOptions { Heartbeat = TimeSpan.FromSeconds(heartbeat), WriteTimeout = TimeSpan.FromSeconds(writeTimeout), MaxConnectionAge = TimeSpan.FromSeconds(300) };
        var deadlines = new ResponseDeadlines(options, canResume, _time);
        deadlines.Start(() => _wakes++, () => _resets++);
        return deadlines;
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static void Flush(ResponseDeadlines deadlines)
    {
        deadlines.FlushBegins();
        deadlines.FlushEnds();
    }

    // Fires before CreateTimer has returned, as a busy machine may.
    private sealed class HastyTimeProvider : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan) callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
