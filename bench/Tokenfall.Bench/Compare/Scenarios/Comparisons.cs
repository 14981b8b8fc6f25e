using Tokenfall.Bench.Scenarios;

namespace Tokenfall.Bench.Compare;

/// <summary>What is compared, in the order of the page.</summary>
internal static class Comparisons
{
    public static readonly IReadOnlyList<IComparison> All =
    [
        new CpuComparison(100),
        new CpuComparison(1_000),
        new CpuComparison(100, allCores: true),
        new CpuComparison(1_000, allCores: true),
        new LatencyComparison(),
        new MostComparison(),
        new MemoryComparison(),
        new StartComparison(),
        new FanoutComparison(),
        new OwnScenario("replay", "Replay of a finished run of 4,000 tokens", "replay with connecting, p50", new ReplayScenario(), 200),
        new OwnScenario("stop", "From DELETE to the close of the connection to the model", "between tokens: p99", new StopScenario(), 200),
    ];
}
