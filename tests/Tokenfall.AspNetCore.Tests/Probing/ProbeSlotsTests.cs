using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore.Tests;

public class ProbeSlotsTests
{
    private readonly ProbeSlots _slots = new(Options.Create(new TokenfallHttpOptions { Probe = { MaxConcurrent = 4, MaxConcurrentPerOwner = 2 } }));

    [Fact]
    public void Take_MoreThanAnOwnerMay_IsRefusedAndNotForOthers()
    {
        _slots.Take("ada");
        _slots.Take("ada");

        var refused = Assert.Throws<RequestProblemException>(() => _slots.Take("ada")).Problem;

        Assert.Equal((429, "too_many_probes"), (refused.Status, refused.Code));
        Assert.Contains("MaxConcurrentPerOwner", refused.Detail, StringComparison.Ordinal);
        _slots.Take("grace");
    }

    [Fact]
    public void Take_MoreThanTheProcessMay_IsRefusedForAll()
    {
        foreach (var owner in (string[])["ada", "ada", "grace", "grace"]) _slots.Take(owner);

        var refused = Assert.Throws<RequestProblemException>(() => _slots.Take("joan")).Problem;

        Assert.Equal((429, "too_many_probes"), (refused.Status, refused.Code));
        Assert.Contains("Probe:MaxConcurrent)", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_ByAnonymousCallers_OnlyTheLimitOfTheProcessHolds()
    {
        for (var i = 0; i < 4; i++) _slots.Take(Owner.Anonymous);

        Assert.Throws<RequestProblemException>(() => _slots.Take(Owner.Anonymous));
    }

    [Fact]
    public void Take_OnceOneIsGivenBack_Passes()
    {
        var first = _slots.Take("ada");
        _slots.Take("ada");

        first.Dispose();

        _slots.Take("ada");
        Assert.Throws<RequestProblemException>(() => _slots.Take("ada"));
    }
}
