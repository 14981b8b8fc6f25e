using System.Runtime;
using System.Runtime.InteropServices;

namespace Tokenfall.Bench.Reports;

/// <summary>Describes the machine of a measurement: a figure without it means nothing.</summary>
internal static class Machine
{
    public static string Describe(string scenario) =>
        $"{scenario}: {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores for all processes together, "
        + $"{RuntimeInformation.OSDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC, {GCSettings.LatencyMode}, load average {Load()}";

    // Shows other load: on a busy machine times and latencies are too high.
    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}
