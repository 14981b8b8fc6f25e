namespace Tokenfall.Bench.Compare;

/// <summary>What is compared, in the order of the page.</summary>
internal static class Comparisons
{
    public static readonly IReadOnlyList<IComparison> All = 
    [
        new CpuComparison(100),
        new CpuComparison(1_000),
        new LatencyComparison(),
        new MostComparison(),
        new MemoryComparison(),
        new StartComparison(),
    ];
}
