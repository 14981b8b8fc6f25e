namespace Tokenfall.Tests;

public class LimitSchedulerTests
{
    private readonly LimitScheduler _scheduler = new(Options.Create(new TokenfallOptions { Limits = { MaxRuns = 3, MaxRunsPerOwner = 2 } }));

    [Fact]
    public void Accept_UpToMaxRuns_IsGrantedAndThenRefused()
    {
        foreach (var owner in new[] { "ann", "bob", "eve" }) _scheduler.Accept(owner);

        AssertRefused(AdmissionRejection.TooManyRuns, "joe");
        Assert.Equal(3, _scheduler.InUse);
    }

    [Fact]
    public void Accept_UpToMaxRunsPerOwner_IsRefusedToThatOwnerOnly()
    {
        _scheduler.Accept("ann");
        _scheduler.Accept("ann");

        AssertRefused(AdmissionRejection.TooManyRunsOfOwner, "ann");
        _scheduler.Accept("bob");
        Assert.Equal(3, _scheduler.InUse);
    }

    [Fact]
    public void Accept_Anonymous_HasNoLimitOfItsOwnButTheOneOfAll()
    {
        for (var i = 0; i < 3; i++) _scheduler.Accept(Owner.Anonymous);

        AssertRefused(AdmissionRejection.TooManyRuns, Owner.Anonymous);
    }

    [Fact]
    public void Release_OfOneLease_MakesRoomForOne()
    {
        var lease = _scheduler.Accept("ann");
        _scheduler.Accept("ann");
        lease.Dispose();

        _scheduler.Accept("ann");
        AssertRefused(AdmissionRejection.TooManyRunsOfOwner, "ann");
    }

    [Fact]
    public void Release_Twice_CountsOnce()
    {
        var lease = _scheduler.Accept("ann");
        _scheduler.Accept("ann");
        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, _scheduler.InUse);
    }

    [Fact]
    public void Rejection_SaysWhenToComeBackAndTakesNothing()
    {
        for (var i = 0; i < 3; i++) _scheduler.Accept(Owner.Anonymous);

        var rejection = Assert.Throws<AdmissionException>(() => _scheduler.Accept("ann"));

        Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(3, _scheduler.InUse);
    }

    [Fact]
    public void Rejections_EachHaveTheirOwnMessage() =>
        Assert.Equal(6, Enum.GetValues<AdmissionRejection>().Select(reason => new AdmissionException(reason).Message).Distinct().Count());

    private void AssertRefused(AdmissionRejection reason, string owner) =>
        Assert.Equal(reason, Assert.Throws<AdmissionException>(() => _scheduler.Accept(owner)).Reason);
}
