namespace Tokenfall.Tests;

public class AdmissionGateTests
{
    private readonly AdmissionGate _gate = new(new LimitOptions { MaxRuns = 3, MaxRunsPerOwner = 2 });

    [Fact]
    public void Acquire_UpToMaxRuns_IsGrantedAndThenRefused()
    {
        foreach (var owner in new[] { "ann", "bob", "eve" }) _gate.Acquire(owner);

        AssertRefused(AdmissionRejection.TooManyRuns, "joe");
        Assert.Equal(3, _gate.InUse);
    }

    [Fact]
    public void Acquire_UpToMaxRunsPerOwner_IsRefusedToThatOwnerOnly()
    {
        _gate.Acquire("ann");
        _gate.Acquire("ann");

        AssertRefused(AdmissionRejection.TooManyRunsOfOwner, "ann");
        _gate.Acquire("bob");
        Assert.Equal(3, _gate.InUse);
    }

    [Fact]
    public void Acquire_Anonymous_HasNoLimitOfItsOwnButTheOneOfAll()
    {
        for (var i = 0; i < 3; i++) _gate.Acquire(Owner.Anonymous);

        AssertRefused(AdmissionRejection.TooManyRuns, Owner.Anonymous);
    }

    [Fact]
    public void Release_OfOneLease_MakesRoomForOne()
    {
        var lease = _gate.Acquire("ann");
        _gate.Acquire("ann");
        lease.Dispose();

        _gate.Acquire("ann");
        AssertRefused(AdmissionRejection.TooManyRunsOfOwner, "ann");
    }

    [Fact]
    public void Release_Twice_CountsOnce()
    {
        var lease = _gate.Acquire("ann");
        _gate.Acquire("ann");
        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, _gate.InUse);
    }

    [Fact]
    public void Refusal_SaysWhenToComeBackAndTakesNothing()
    {
        _gate.Close();

        var refusal = Assert.Throws<AdmissionException>(() => _gate.Acquire("ann"));

        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(0, _gate.InUse);
    }

    [Fact]
    public void Refusals_EachHaveTheirOwnWords() =>
        Assert.Equal(3, Enum.GetValues<AdmissionRejection>().Select(reason => new AdmissionException(reason, default).Message).Distinct().Count());

    [Fact]
    public void Acquire_OnAClosedGate_IsRefusedAsDraining()
    {
        _gate.Close();

        AssertRefused(AdmissionRejection.Draining, "ann");
        Assert.True(_gate.IsClosed);
    }

    [Fact]
    public void Close_OfAnIdleGate_CompletesAtOnce() => Assert.True(_gate.Close().IsCompletedSuccessfully);

    [Fact]
    public void Close_WithLeasesOut_CompletesWithTheLastOne()
    {
        var (first, second) = (_gate.Acquire("ann"), _gate.Acquire("bob"));
        var idle = _gate.Close();

        first.Dispose();
        Assert.False(idle.IsCompleted);
        second.Dispose();
        Assert.True(idle.IsCompletedSuccessfully);
    }

    [Fact]
    public void Close_BeforeItIsCalled_IsNotTriggeredByAnIdleMoment()
    {
        _gate.Acquire("ann").Dispose();
        _gate.Acquire("bob");

        Assert.False(_gate.Close().IsCompleted);
    }

    private void AssertRefused(AdmissionRejection reason, string owner) =>
        Assert.Equal(reason, Assert.Throws<AdmissionException>(() => _gate.Acquire(owner)).Reason);
}
