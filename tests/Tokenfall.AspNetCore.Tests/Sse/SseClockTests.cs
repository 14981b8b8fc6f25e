using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

public sealed class SseClockTests
{
    private readonly ManualTimeProvider _time = new();
    private int _wakes;
    private int _resets;

    [Fact]
    public void Heartbeat_SilenceForTheWholeTime_IsDue()
    {
        using var clock = Clock(heartbeat: 15, writeTimeout: 30);

        Pass(15);

        Assert.True(clock.HeartbeatIsDue);
        Assert.Equal(1, _wakes);
    }

    [Fact]
    public void Heartbeat_AMomentBefore_IsNotDue()
    {
        using var clock = Clock(heartbeat: 15, writeTimeout: 30);

        _time.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromMilliseconds(1));

        Assert.False(clock.HeartbeatIsDue);
    }

    [Theory]
    [InlineData(15, 30)]
    [InlineData(30, 15)]
    public void Heartbeat_FramesInBetween_CountsFromTheLastOne(int heartbeat, int writeTimeout)
    {
        using var clock = Clock(heartbeat, writeTimeout);
        Pass(heartbeat - 1);
        Flush(clock);

        Pass(heartbeat - 1);
        Assert.False(clock.HeartbeatIsDue);
        Pass(1);

        Assert.True(clock.HeartbeatIsDue);
    }

    [Fact]
    public void Heartbeat_AfterOneWasSent_IsDueAgain()
    {
        using var clock = Clock(heartbeat: 15, writeTimeout: 30);
        Pass(15);
        Flush(clock);
        Assert.False(clock.HeartbeatIsDue);

        Pass(15);

        Assert.True(clock.HeartbeatIsDue);
        Assert.Equal(2, _wakes);
    }

    [Theory]
    [InlineData(15, 30)]
    [InlineData(30, 15)]
    public void WriteTimeout_FlushTakesTooLong_Resets(int heartbeat, int writeTimeout)
    {
        using var clock = Clock(heartbeat, writeTimeout);
        Pass(1);
        clock.FlushBegins();

        Pass(writeTimeout - 1);
        Assert.Equal(0, _resets);
        Pass(Math.Max(heartbeat, writeTimeout));

        Assert.Equal(1, _resets);
    }

    [Fact]
    public void WriteTimeout_FlushEndsInTime_DoesNotReset()
    {
        using var clock = Clock(heartbeat: 15, writeTimeout: 30);
        clock.FlushBegins();
        Pass(29);
        clock.FlushEnds();

        Pass(1000);

        Assert.Equal(0, _resets);
    }

    [Fact]
    public void Dispose_WhileFlushing_NeverResetsWhatTheConnectionServesNext()
    {
        var clock = Clock(heartbeat: 15, writeTimeout: 30);
        clock.FlushBegins();

        clock.Dispose();

        Assert.Equal(0, _time.ActiveTimers);
        Pass(1000);
        Assert.Equal(0, _resets);
    }

    [Fact]
    public void Start_TimerFiresAtOnce_DoesNotFail()
    {
        using var clock = new SseClock(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(30), new HastyTimeProvider(), () => _wakes++, () => _resets++);

        Assert.Equal(0, _resets);
    }

    private SseClock Clock(int heartbeat, int writeTimeout) =>
        new(TimeSpan.FromSeconds(heartbeat), TimeSpan.FromSeconds(writeTimeout), _time, () => _wakes++, () => _resets++);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static void Flush(SseClock clock)
    {
        clock.FlushBegins();
        clock.FlushEnds();
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
