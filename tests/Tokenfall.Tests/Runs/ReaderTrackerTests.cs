namespace Tokenfall.Tests;

public class ReaderTrackerTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TestClock _time = new();
    private int _abandoned;

    [Fact]
    public void Leave_LastReaderUnderStop_AbandonsAtOnce()
    {
        var audience = Make(DisconnectPolicy.Stop);
        audience.Add();
        audience.Remove();

        Assert.Equal(1, _abandoned);
    }

    [Fact]
    public void Leave_OneOfTwoReaders_AbandonsNothing()
    {
        var audience = Make(DisconnectPolicy.Stop);
        audience.Add();
        audience.Add();
        audience.Remove();

        Assert.Equal(0, _abandoned);
    }

    [Fact]
    public void Leave_LastReaderUnderGrace_AbandonsWhenTheGraceIsOver()
    {
        var audience = Make(DisconnectPolicy.Grace);
        audience.Add();
        audience.Remove();

        _time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _abandoned);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _abandoned);
    }

    [Fact]
    public void Join_WithinTheGrace_StopsTheClock()
    {
        var audience = Make(DisconnectPolicy.Grace);
        audience.Add();
        audience.Remove();
        _time.Advance(Grace / 2);
        audience.Add();

        _time.Advance(Grace * 2);

        Assert.Equal((0, 0), (_abandoned, _time.ActiveTimers));
    }

    [Fact]
    public void Leave_ASecondTime_GivesTheWholeGraceAgain()
    {
        var audience = Make(DisconnectPolicy.Grace);
        audience.Add();
        audience.Remove();
        _time.Advance(Grace / 2);
        audience.Add();
        audience.Remove();

        _time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _abandoned);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _abandoned);
    }

    [Fact]
    public void Leave_LastReaderUnderContinue_AbandonsNever()
    {
        var audience = Make(DisconnectPolicy.Continue);
        audience.Add();
        audience.Remove();

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal((0, 0), (_abandoned, _time.ActiveTimers));
    }

    [Fact]
    public void Close_WhileTheClockRuns_StopsIt()
    {
        var audience = Make(DisconnectPolicy.Grace);
        audience.Add();
        audience.Remove();
        audience.Close();

        _time.Advance(Grace);

        Assert.Equal((0, 0), (_abandoned, _time.ActiveTimers));
    }

    [Theory]
    [InlineData(DisconnectPolicy.Stop)]
    [InlineData(DisconnectPolicy.Grace)]
    public void Leave_AfterTheEnd_StartsNothing(DisconnectPolicy policy)
    {
        var audience = Make(policy);
        audience.Add();
        audience.Close();
        audience.Remove();

        Assert.Equal((0, 0), (_abandoned, _time.ActiveTimers));
    }

    [Fact]
    public void Clock_FiringLateForAReaderThatCameBack_DoesNotCutTheNextGraceShort()
    {
        var late = new LateTimers();
        var audience = new ReaderTracker(DisconnectPolicy.Grace, Grace, late, () => _abandoned++);
        audience.Add();
        audience.Remove();
        audience.Add();
        audience.Remove();

        late.Fire(0);
        Assert.Equal(0, _abandoned);
        late.Fire(1);
        Assert.Equal(1, _abandoned);
    }

    [Fact]
    public void Leave_OfAReaderThatWillReturnUnderStop_WaitsForTheGrace()
    {
        var audience = Make(DisconnectPolicy.Stop);
        audience.Add();
        audience.Remove(willReturn: true);
        Assert.Equal(0, _abandoned);

        _time.Advance(Grace);

        Assert.Equal(1, _abandoned);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Stop)]
    [InlineData(DisconnectPolicy.Grace)]
    public void Dismiss_WhateverThePolicy_AbandonsNoMore(DisconnectPolicy policy)
    {
        var audience = Make(policy);
        audience.Add();
        audience.Remove(willReturn: true);

        audience.Detach();
        _time.Advance(Grace);
        audience.Add();
        audience.Remove();
        _time.Advance(Grace);

        Assert.Equal((0, 0), (_abandoned, _time.ActiveTimers));
    }

    private ReaderTracker Make(DisconnectPolicy policy) => new(policy, Grace, _time, () => _abandoned++);
}
