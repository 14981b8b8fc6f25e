using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Scenarios;

namespace Tokenfall.Bench.Tests.Scenarios;

/// <summary>
/// The benchmark's scenarios in small, with its real servers in processes of their own: every stream is right, and no reader or run
/// costs many times what it should. Exact figures need thousands of readers: run the benchmark for those.
/// </summary>
public class ScenarioTests
{
    [Fact]
    public async Task IdleReaders_300_AreServedAndCostLittle()
    {
        var result = await RunAsync(new IdleScenario(), new BenchOptions { Count = 300, Seconds = 1 });

        Assert.InRange(result["Tokenfall, one run: heap per reader"], 0, 32);
        Assert.InRange(result["Tokenfall, one run: RSS per reader"], double.MinValue, 128);
    }

    [Fact]
    public async Task LiveRuns_50_LoseNoByteAndCostLittle()
    {
        var result = await RunAsync(new LiveScenario(), new BenchOptions { Count = 50, Seconds = 2 });

        Assert.InRange(result["heap per run"], 0, 96);
        Assert.InRange(result["RSS per run"], double.MinValue, 1024);
    }

    [Fact]
    public async Task Fanout_200Readers_AllSeeEveryToken() =>
        await RunAsync(new FanoutScenario(), new BenchOptions { Count = 200, Seconds = 2 });

    [Fact]
    public async Task Stop_10InEachPhase_ClosesTheConnectionToTheModel() =>
        await RunAsync(new StopScenario(), new BenchOptions { Count = 10 });

    [Fact]
    public async Task Replay_OfAFinishedRun_IsMergedIntoFewFrames()
    {
        var result = await RunAsync(new ReplayScenario(), new BenchOptions { Count = 5 });

        Assert.InRange(result["frames of text, replay"], 1, 5);
    }

    private static async Task<Result> RunAsync(IScenario scenario, BenchOptions options)
    {
        var result = await scenario.RunAsync(options);
        Assert.Empty(result.Problems);
        return result;
    }
}
