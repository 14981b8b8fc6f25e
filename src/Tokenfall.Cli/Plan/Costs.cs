namespace Tokenfall.Cli.Plan;

/// <summary>What a stream costs the machine that Tokenfall runs on.</summary>
/// <param name="CpuPerDelta">Processor time per delta in microseconds, from the model's bytes to the reader's socket.</param>
/// <param name="MemoryPerStream">Resident memory per stream in KiB, its connections and log included.</param>
/// <param name="BaseMemory">Resident memory of an idle server in MiB.</param>
/// <param name="Source">Where the figures come from.</param>
internal sealed record Costs(double CpuPerDelta, double MemoryPerStream, double BaseMemory, string Source)
{
    /// <summary>The figures of bench/RESULTS.md: 1,000 streams at 20 tokens/s on a core, 5,000 live runs, and a server with 100.</summary>
    public static Costs Published { get; } = new(30.54, 39.2, 129.9, "published measurements (docs/performance.md); --measure uses those of this machine");
}
