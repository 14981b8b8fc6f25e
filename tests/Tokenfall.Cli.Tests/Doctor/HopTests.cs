using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Tests.Doctor;

public sealed class HopTests
{
    [Fact]
    public void Path_AddressesWithoutAPath_TakeTheOutermostOnes()
    {
        var path = Hop.Path(new("https://example.org/support/stream"), [new("http://10.0.0.2"), new("http://10.0.0.3/elsewhere")]);

        Assert.Equal(
            ["https://example.org/support/stream/probe", "http://10.0.0.2/support/stream/probe", "http://10.0.0.3/elsewhere/probe"],
            path.Select(hop => hop.Probe.ToString()));
    }

    [Fact]
    public void Path_OnlyAHost_TakesTheUsualPath() => Assert.Equal("http://localhost:8000/ask/stream/probe", Hop.Path(new("http://localhost:8000"), [])[0].Probe.ToString());

    [Fact]
    public void Path_TrailingSlash_IsNotDoubled() => Assert.Equal("http://localhost/a/probe", Hop.Path(new("http://localhost/a/"), [])[0].Probe.ToString());
}
