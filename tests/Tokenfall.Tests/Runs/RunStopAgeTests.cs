namespace Tokenfall.Tests;

public class RunTimeSinceStopTests
{
    [Fact]
    public void StopCause_OnceSeen_HasItsTime()
    {
        StopCause? seen = null;
        Run? run = null;
        run = TestRuns.Bare(time: new AskedClock(() => seen ??= run!.Cause));

        run.Stop();

        Assert.Equal((StopCause.None, StopCause.Stopped), (seen, run.Cause));
    }

    [Fact]
    public void TimeSinceStop_AfterASecondStop_CountsFromTheFirst()
    {
        var time = new FakeTimeProvider();
        var run = TestRuns.Bare(time: time);
        run.Stop();
        time.Advance(TimeSpan.FromSeconds(3));
        run.Stop();
        run.Interrupt();

        Assert.Equal((TimeSpan.FromSeconds(3), StopCause.Stopped), (run.TimeSinceStop, run.Cause));
    }

    /// <summary>Says when it is asked for a time stamp.</summary>
    private sealed class AskedClock(Action asked) : TimeProvider
    {
        public override long GetTimestamp()
        {
            asked();
            return 1;
        }
    }
}
