using Tokenfall.Bench.Serve;

namespace Tokenfall.Bench.Compare;

/// <summary>All comparisons, in the order of the page.</summary>
internal static class Comparisons
{
    public static readonly IReadOnlyList<IComparison> All =
    [
        new CpuComparison(100),
        new CpuComparison(1_000),
        new CpuComparison(100, allCores: true),
        new CpuComparison(1_000, allCores: true),
        new CpuComparison(1_000, tls: TlsProtocol.Http1),
        new CpuComparison(1_000, tls: TlsProtocol.Http2),
        new LatencyComparison(),
        new MaxStreamsComparison(),
        new MemoryComparison(),
        new StartComparison(),
        new FanoutComparison(),
        new ReplayComparison(),
        new StopComparison(),
    ];
}
