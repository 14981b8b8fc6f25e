namespace Tokenfall.Cli.Plan;

/// <summary>What a stream costs the machine that Tokenfall runs on.</summary>
/// <param name="CpuPerDelta">Microseconds of processor time, from the model's bytes to the reader's socket.</param>
/// <param name="MemoryPerStream">KiB of resident memory, with its connections and its log.</param>
/// <param name="BaseMemory">MiB of a server that does nothing.</param>
/// <param name="Source">Where the figures come from.</param>
internal sealed record Costs(double CpuPerDelta, double MemoryPerStream, double BaseMemory, string Source)
{
    /// <summary>Of docs/performance.md: 1,000 streams at 20 tokens/s on a core, and 5,000 live runs.</summary>
    public static Costs Published { get; } = new(24.3, 45, 100, "published measurements (docs/performance.md); --measure takes those of this machine");
}
