using Tokenfall.Cli.Tests.Terminal;

namespace Tokenfall.Cli.Tests.Plan;

public class PlanCommandTests
{
    [Fact]
    public async Task Plan_AsText_ExplainsEachFigure()
    {
        var run = await CommandRun.RunAsync("plan", "--requests", "600");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Little's law", run.Output, StringComparison.Ordinal);
        Assert.Contains("Tokenfall__Limits__MaxRuns=", run.Output, StringComparison.Ordinal);
        Assert.Contains("worker_connections", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_AsJson_HasEveryFigureWithItsSentence()
    {
        var run = await CommandRun.RunAsync("plan", "--requests", "600", "--tokens", "300", "--tokens-p95", "1200", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var figures = json.RootElement.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("figures").EnumerateArray()).ToList();
        Assert.True(figures.Count > 10);
        Assert.All(figures, figure => Assert.NotEmpty(figure.GetProperty("why").GetString()!));
    }

    [Fact]
    public async Task Measure_OnThisMachine_ReplacesThePublishedFigures()
    {
        var run = await CommandRun.RunAsync("plan", "--requests", "600", "--measure", "--json");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var costs = json.RootElement.GetProperty("input").GetProperty("costs");
        Assert.StartsWith("measured on this machine", costs.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.InRange(costs.GetProperty("cpu_per_delta").GetDouble(), 1, 2000);
        Assert.InRange(costs.GetProperty("memory_per_stream").GetDouble(), 1, 2000);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plan", "--requests", "0")]
    [InlineData("plan", "--requests", "60", "--tokens", "0")]
    [InlineData("plan", "--requests", "60", "--tokens", "300", "--tokens-p95", "200")]
    [InlineData("plan", "--requests", "60", "--percentile", "100")]
    [InlineData("plan", "--requests", "60", "--cores", "0")]
    [InlineData("plan", "--requests", "60", "--memory", "nan")]
    [InlineData("plan", "--requests", "60", "--memory", "1e-30")]
    [InlineData("plan", "--requests", "60", "--input-price", "1e308")]
    [InlineData("plan", "--requests", "60", "--tokens", "1e300")]
    [InlineData("plan", "--requests", "60", "--tokens-p95", "1e300")]
    [InlineData("plan", "--requests", "60", "--rate", "1e-300")]
    [InlineData("plan", "--requests", "10000000", "--tokens", "1e9")]
    public async Task Values_ThatMakeNoSense_ExitWithTwo(params string[] args) => Assert.Equal(2, (await CommandRun.RunAsync(args)).ExitCode);
}
