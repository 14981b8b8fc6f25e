using Tokenfall.Cli.Plan;

namespace Tokenfall.Cli.Tests.Plan;

/// <summary>Plans whose figures can be computed by hand.</summary>
public class PlannerTests
{
    // 120 a minute are 2 a second; 300 tokens at 60 a second and 1 s to the first are 6 s: 12 streams.
    private static readonly PlanInput Input = new()
    {
        RequestsPerMinute = 120,
        Answer = new(300, 300),
        TokensPerSecond = 60,
        FirstToken = TimeSpan.FromSeconds(1),
        InputTokens = 1000,
        InputPrice = 3,
        OutputPrice = 15,
        BusyHours = 10,
        Percentile = 99,
        Cores = 2,
        Memory = 4,
        Costs = new(30, 40, 100, "a test"),
    };

    [Theory]
    [InlineData("stream_seconds", 6)]
    [InlineData("streams_mean", 12)]
    [InlineData("streams_peak", 21)] // P(N <= 20) = 0.988, P(N <= 21) = 0.994 for a mean of 12
    [InlineData("deltas_per_second", 21 * 60)]
    [InlineData("cores", 0.04)] // 1,260 x 30 µs
    [InlineData("files", 2 * 21 + 300)]
    [InlineData("machines", 1)]
    [InlineData("memory_mib", 105)] // 100 + 21 x 40 KiB + 2 x 600 s x 300 tokens x 12.5 B = 4.3 MiB
    [InlineData("bandwidth_mbit", 1.7)] // 1,260 x 166.5 B x 8
    [InlineData("requests_per_minute", 146)] // P(N <= 145) = 0.9889, P(N <= 146) = 0.9908 for a mean of 120
    [InlineData("input_tokens_per_minute", 146_000)]
    [InlineData("output_tokens_per_minute", 43_800)]
    [InlineData("cost_per_request", 0.0075)] // 1,000 x 3 + 300 x 15 a million
    [InlineData("cost_per_day", 540)] // 72,000 requests
    [InlineData("cost_per_month", 16_436.25)] // 30.4375 days
    public void Figure_OfSmallNumbers_IsAsByHand(string name, double expected) => Assert.Equal(expected, Planner.Of(Input)[name], 2);

    [Fact]
    public void Answer_WithLongOnes_HasAMeanAboveItsMedian()
    {
        // ln 4 / 1.645 = 0.8428; exp(0.8428² / 2) = 1.4264.
        Assert.Equal(1.4264 * 300, new AnswerLength(300, 1200).Mean, 0.1);
    }

    [Fact]
    public void Machines_WhenCoresAreShort_AreMore()
    {
        // 10,000 a second x 6 s x 60 tokens x 30 µs are over 108 cores; 60 % of 2 cores each.
        Assert.InRange(Planner.Of(Input with { RequestsPerMinute = 600_000 })["machines"], 90, 93);
    }

    [Fact]
    public void Settings_HoldTheStreamsOfTheirMachine()
    {
        var settings = Planner.Of(Input).Settings;

        Assert.Contains(settings, setting => setting.Line == "keepalive 16;");
        Assert.Contains(settings, setting => setting.Line == "worker_connections 768;"); // 342 and a quarter are less than nginx's own
        Assert.All(settings, setting => Assert.NotEmpty(setting.Why));
    }

    [Fact]
    public void Settings_OfASmallApplication_AreNotBelowTheDefaults()
    {
        var lines = Planner.Of(Input).Settings.Select(setting => setting.Line);

        Assert.Contains("Tokenfall__Limits__MaxRuns=5000", lines);
        Assert.Contains("LimitNOFILE=524288", lines);
    }

    [Fact]
    public void Settings_OfALargeMachine_HoldItsStreams()
    {
        // 100,000 a minute are 10,000 streams of 6 s, at the 99th percentile 10,234, and a quarter.
        var settings = Planner.Of(Input with { RequestsPerMinute = 100_000, Cores = 1000, Memory = 1000 }).Settings;

        Assert.Contains(settings, setting => setting.Line == "Tokenfall__Limits__MaxRuns=13000");
        Assert.Contains(settings, setting => setting.Line == "worker_connections 26000;");
    }

    [Fact]
    public void Cost_HasItsCurrency() =>
        Assert.All(Planner.Of(Input with { Currency = "EUR" }).Groups.Single(group => group.Title == "Cost of tokens").Figures, figure => Assert.Equal("EUR", figure.Unit));
}
