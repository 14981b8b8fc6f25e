namespace Tokenfall.Tests;

public class ReaderTrackerTests
{
    private static readonly TokenfallOptions Options = new();
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly TestClock _time = new();

    [Theory]
    [InlineData(DisconnectPolicy.Grace, false, 10)]
    [InlineData(DisconnectPolicy.Grace, true, 90)]
    [InlineData(DisconnectPolicy.Stop, false, 0)]
    [InlineData(DisconnectPolicy.Stop, true, 90)]
    public void LastReaderLeaves_ForEachPolicyAndPromise_WaitsAsTheTableSays(DisconnectPolicy policy, bool willReturn, int seconds)
    {
        var run = TestRuns.Bare(policy, _time);
        Open(run, willReturn).Dispose();

        ExpectAbandonedAfter(TimeSpan.FromSeconds(seconds), run);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace)]
    [InlineData(DisconnectPolicy.Stop)]
    public void LastReader_SentAwayByTheServer_IsWaitedForAsIfItHadPromised(DisconnectPolicy policy)
    {
        var run = TestRuns.Bare(policy, _time);
        Open(run, willReturn: false).Close(willReturn: true);

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LastReaderLeaves_UnderContinue_IsNotWaitedFor(bool willReturn)
    {
        var run = TestRuns.Bare(DisconnectPolicy.Continue, _time);
        var reader = Open(run, willReturn);
        reader.Dispose();
        run.RemoveReader(reader.Id);

        ExpectNeverAbandoned(run);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace, 10)]
    [InlineData(DisconnectPolicy.Stop, 0)]
    public void GoodBye_BeforeTheConnectionEnds_BreaksThePromise(DisconnectPolicy policy, int seconds)
    {
        var run = TestRuns.Bare(policy, _time);
        var reader = Open(run);
        run.RemoveReader(reader.Id);
        reader.Dispose();

        Assert.True(reader.IsClosed);
        ExpectAbandonedAfter(TimeSpan.FromSeconds(seconds), run);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace, 10)]
    [InlineData(DisconnectPolicy.Stop, 0)]
    public void GoodBye_AfterTheConnectionEnded_BreaksThePromise(DisconnectPolicy policy, int seconds)
    {
        var run = TestRuns.Bare(policy, _time);
        var reader = Open(run);
        reader.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));
        run.RemoveReader(reader.Id);

        ExpectAbandonedAfter(TimeSpan.FromSeconds(seconds), run);
    }

    [Fact]
    public void GoodBye_WhenTheWaitIsAlmostOver_DoesNotMakeItLonger()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        var reader = Open(run);
        reader.Dispose();
        _time.Advance(Options.ResumeGrace - TimeSpan.FromSeconds(1));
        run.RemoveReader(reader.Id);

        ExpectAbandonedAfter(TimeSpan.FromSeconds(1), run);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Grace)]
    [InlineData(DisconnectPolicy.Stop)]
    public void GoodBye_OfOneReader_DoesNotBreakThePromiseOfAnother(DisconnectPolicy policy)
    {
        var run = TestRuns.Bare(policy, _time);
        var (lost, leaving) = (Open(run), Open(run));
        lost.Dispose();
        leaving.Dispose();
        run.RemoveReader(leaving.Id);

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    [Fact]
    public void GoodBye_OfAReaderThatCameBackAsAnother_LeavesNothingToWaitFor()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        var before = Open(run);
        before.Dispose();
        var after = Open(run);
        run.RemoveReader(before.Id);
        after.Dispose();
        run.RemoveReader(after.Id);

        ExpectAbandonedAfter(Options.Grace, run);
    }

    [Fact]
    public void GoodBye_OfAnUnknownReader_ChangesNothing()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Stop, _time);
        Open(run).Dispose();
        run.RemoveReader("unknown");

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    [Fact]
    public void OneOfTwoReadersLeaves_NothingIsAbandoned()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Stop, _time);
        Open(run);
        Open(run, willReturn: false).Dispose();

        ExpectNeverAbandoned(run);
    }

    [Fact]
    public void ReaderReturns_WithinTheGrace_StopsTheClock()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        Open(run).Dispose();
        _time.Advance(Options.ResumeGrace / 2);
        Open(run);

        ExpectNeverAbandoned(run);
    }

    [Fact]
    public void ReaderLeaves_ASecondTime_IsGivenTheWholeGraceAgain()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        Open(run).Dispose();
        _time.Advance(Options.ResumeGrace / 2);
        Open(run).Dispose();

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    [Fact]
    public void Grace_LongerThanTheResumeGrace_HoldsForAllReaders()
    {
        var options = new TokenfallOptions { Grace = TimeSpan.FromMinutes(5) };
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time, options);
        Open(run).Dispose();

        ExpectAbandonedAfter(options.Grace, run);
    }

    [Fact]
    public void ReadersLeave_MoreThanAreRemembered_TheLastOnesAre()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Stop, _time);
        for (var i = 0; i < 100; i++) Open(run).Dispose();

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    [Fact]
    public void End_WhileTheClockRuns_StopsIt()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        Open(run).Dispose();
        run.SignalEnded();

        ExpectNeverAbandoned(run);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Stop)]
    [InlineData(DisconnectPolicy.Grace)]
    public void ReaderLeaves_AfterTheEnd_StartsNothing(DisconnectPolicy policy)
    {
        var run = TestRuns.Bare(policy, _time);
        var reader = Open(run, willReturn: false);
        run.SignalEnded();
        reader.Dispose();

        ExpectNeverAbandoned(run);
    }

    [Fact]
    public void Clock_FiringLateForAReaderThatCameBack_DoesNotCutTheNextGraceShort()
    {
        var late = new LateTimers();
        var run = TestRuns.Bare(DisconnectPolicy.Grace, late);
        Open(run).Dispose();
        Open(run).Dispose();

        late.Fire(0);
        Assert.Equal(StopCause.None, run.Cause);
        late.Fire(1);
        Assert.Equal(StopCause.Abandoned, run.Cause);
    }

    [Theory]
    [InlineData(DisconnectPolicy.Stop)]
    [InlineData(DisconnectPolicy.Grace)]
    public void Detach_WhateverThePolicy_AbandonsNoMore(DisconnectPolicy policy)
    {
        var run = TestRuns.Bare(policy, _time);
        Open(run).Dispose();
        run.Detach();
        Open(run, willReturn: false).Dispose();

        ExpectNeverAbandoned(run);
    }

    [Fact]
    public void PromiseToReturn_WhenManyOthersLeftLater_IsKeptInMind()
    {
        var run = TestRuns.Bare(DisconnectPolicy.Grace, _time);
        var last = Open(run, willReturn: false);
        Open(run).Dispose();
        for (var i = 0; i < 100; i++) Open(run, willReturn: false).Dispose();
        last.Dispose();

        ExpectAbandonedAfter(Options.ResumeGrace, run);
    }

    private static RunReader Open(Run run, bool willReturn = true)
    {
        var reader = run.Read();
        reader.WillReturn = willReturn;
        return reader;
    }

    private void ExpectAbandonedAfter(TimeSpan wait, Run run)
    {
        if (wait > TimeSpan.Zero)
        {
            _time.Advance(wait - Moment);
            Assert.Equal(StopCause.None, run.Cause);
            _time.Advance(Moment);
        }
        Assert.Equal(StopCause.Abandoned, run.Cause);
    }

    private void ExpectNeverAbandoned(Run run)
    {
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((StopCause.None, 0), (run.Cause, _time.ActiveTimers));
    }
}
