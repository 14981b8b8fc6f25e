namespace Tokenfall.Cli.Plan;

/// <summary>What a stream costs the machine that Tokenfall runs on.</summary>
/// <param name="CpuPerDelta">Microseconds of processor time, from the model's bytes to the reader's socket.</param>
/// <param name="MemoryPerStream">KiB of resident memory, with its connections and its log.</param>
/// <param name="BaseMemory">MiB of a server that does nothing.</param>
/// <param name="Source">Where the figures come from.</param>
internal sealed record Costs(double CpuPerDelta, double MemoryPerStream, double BaseMemory, string Source)
{
    /// <summary>Of bench/README.md: the scenario <c>live</c> on two cores, a frame for each token.</summary>
    public static Costs Published { get; } = new(32, 41.4, 100, "published measurements (bench/README.md); --measure takes those of this machine");
}
