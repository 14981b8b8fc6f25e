using System.Runtime;
using System.Runtime.InteropServices;

namespace Tokenfall.Bench.Reports;

/// <summary>On what it was measured: a figure without it means nothing.</summary>
internal static class Machine
{
    public static string Describe(string scenario) =>
        $"{scenario}: {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores for all processes together, "
        + $"{RuntimeInformation.OSDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC, {GCSettings.LatencyMode}, load average {Load()}";

    // Who else was at work: on a busy machine times and latencies are too high.
    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}
