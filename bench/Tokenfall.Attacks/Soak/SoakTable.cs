using System.Globalization;

namespace Tokenfall.Attacks.Soak;

/// <summary>The samples as a Markdown table.</summary>
internal static class SoakTable
{
    public const string Head = "| Time | Memory | Heap | Descriptors | Threads | Live runs | Leases | CPU | Actions |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|";

    public static string Row(SoakSample sample, string? title = null) => string.Create(CultureInfo.InvariantCulture,
        $"| {title ?? sample.At.ToString("c", CultureInfo.InvariantCulture)} | {sample.Memory / 1e6:F0} MB | {sample.Heap / 1e6:F0} MB | {sample.Descriptors} | {sample.Threads} | {sample.Runs} | {sample.Leases} | {sample.Cpu:F0} % | {sample.Actions} |");
}
