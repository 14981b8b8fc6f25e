namespace Tokenfall.Tests;

public class FinishedRunsTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly TestClock _time = new();
    private readonly List<Run> _forgotten = [];

    [Fact]
    public void Run_UntilItsRetentionIsOver_IsKept()
    {
        using var finished = Make();
        var run = Finished(100);
        finished.Add(run);

        _time.Advance(Retention - Tick);
        Assert.Empty(_forgotten);
        Assert.Equal(SizeOf(run), finished.Bytes);
        _time.Advance(Tick);
        Assert.Equal([run], _forgotten);
        Assert.Equal((0L, 0), (finished.Bytes, _time.ActiveTimers));
    }

    [Fact]
    public void Runs_FinishedAtDifferentTimes_LeaveEachAtItsOwn()
    {
        using var finished = Make();
        var (first, second) = (Finished(1), Finished(1));
        finished.Add(first);
        _time.Advance(TimeSpan.FromMinutes(3));
        finished.Add(second);

        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal([first], _forgotten);
        _time.Advance(TimeSpan.FromMinutes(3) - Tick);
        Assert.Equal([first], _forgotten);
        _time.Advance(Tick);
        Assert.Equal([first, second], _forgotten);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void Runs_OfAnyNumber_ShareOneTimer()
    {
        using var finished = Make();
        for (var i = 0; i < 100; i++) finished.Add(Finished(1));

        Assert.Equal(1, _time.ActiveTimers);
    }

    [Fact]
    public void Budget_Passed_ForgetsTheOldestFirstAndNoMoreThanNeeded()
    {
        var runs = Enumerable.Range(0, 4).Select(_ => Finished(1000)).ToList();
        using var finished = Make(budget: SizeOf(runs[0]) * 3);

        foreach (var run in runs) finished.Add(run);

        Assert.Equal([runs[0]], _forgotten);
        Assert.Equal(SizeOf(runs[0]) * 3, finished.Bytes);
    }

    [Fact]
    public void Budget_MetExactly_ForgetsNothing()
    {
        var run = Finished(1000);
        using var finished = Make(budget: SizeOf(run));

        finished.Add(run);

        Assert.Empty(_forgotten);
    }

    [Fact]
    public void Run_LargerThanTheBudget_IsNotKeptAndPushesNobodyOut()
    {
        using var finished = Make(budget: 2000 + FinishedRuns.Overhead);
        var (small, large) = (Finished(10), Finished(5000));
        finished.Add(small);
        finished.Add(large);

        Assert.Equal([large], _forgotten);
        Assert.Equal(SizeOf(small), finished.Bytes);
        _time.Advance(Retention);
        Assert.Equal((0L, 0), (finished.Bytes, _time.ActiveTimers));
    }

    [Fact]
    public void Budget_ThatForgotTheOldest_LeavesTheNextItsWholeTime()
    {
        var (first, second) = (Finished(1000), Finished(1000));
        using var finished = Make(budget: SizeOf(first));
        finished.Add(first);
        _time.Advance(TimeSpan.FromMinutes(5));
        finished.Add(second);

        _time.Advance(Retention - Tick);
        Assert.Equal([first], _forgotten);
        _time.Advance(Tick);
        Assert.Equal([first, second], _forgotten);
    }

    [Fact]
    public void Timer_FiringLate_ForgetsOnlyWhatIsDue()
    {
        var late = new LateTimers();
        using var finished = new FinishedRuns(Retention, long.MaxValue, late, _forgotten.Add);
        finished.Add(Finished(1));
        late.Now += Retention;
        finished.Add(Finished(1));

        late.Fire(0);
        late.Fire(0);

        Assert.Single(_forgotten);
    }

    [Fact]
    public void Dispose_ForgetsEverythingAndWhatComesLater()
    {
        var finished = Make();
        finished.Add(Finished(1));
        finished.Dispose();
        finished.Add(Finished(1));

        Assert.Equal((2, 0L, 0), (_forgotten.Count, finished.Bytes, _time.ActiveTimers));
    }

    private static int SizeOf(Run run) => run.Log.Size + FinishedRuns.Overhead;

    private FinishedRuns Make(long budget = long.MaxValue) => new(Retention, budget, _time, _forgotten.Add);

    private static Run Finished(int length)
    {
        var run = TestRuns.Bare();
        run.Log.Append(EventKind.Text, new string('a', length));
        run.Finish(new RunEnd { Status = RunStatus.Done });
        return run;
    }
}
