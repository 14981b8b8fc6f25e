namespace Tokenfall.Tests;

public class LiveRunsTests
{
    private readonly LiveRuns _live = new();

    [Fact]
    public void Add_WhenClosed_IsRefusedAsDraining()
    {
        _live.Close();

        Assert.Equal(AdmissionRejection.Draining, Assert.Throws<AdmissionException>(_live.Add).Reason);
        Assert.Equal((true, 0), (_live.IsClosed, _live.Count));
    }

    [Fact]
    public void Close_WithoutRuns_CompletesAtOnce() => Assert.True(_live.Close().IsCompletedSuccessfully);

    [Fact]
    public void Close_WithLiveRuns_CompletesWithTheLastOne()
    {
        _live.Add();
        _live.Add();
        var idle = _live.Close();

        _live.Remove();
        Assert.False(idle.IsCompleted);
        _live.Remove();
        Assert.True(idle.IsCompletedSuccessfully);
    }

    [Fact]
    public void Close_BeforeItIsCalled_IsNotTriggeredByAnIdleMoment()
    {
        _live.Add();
        _live.Remove();
        _live.Add();

        Assert.False(_live.Close().IsCompleted);
    }
}
