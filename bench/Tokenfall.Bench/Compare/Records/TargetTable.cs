using System.Globalization;
using System.Text;
using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>Tokenfall's targets beside the measured values: medians compared with medians of the same page.</summary>
internal static class TargetTable
{
    private static readonly Target[] All =
    [
        new("CPU per delta at 1,000 streams, to the raw relay", "cpu-1000", "CPU per delta", 0.7, "x", Than: "aspnetcore-relay"),
        new("CPU per delta at 1,000 streams, to nginx", "cpu-1000", "CPU per delta", 1.4, "x", Than: "nginx"),
        new("CPU per delta at 100 streams, to the raw relay", "cpu-100", "CPU per delta", 0.4, "x", Than: "aspnetcore-relay"),
        new("The same with every core open, 1,000 streams, to the raw relay", "cpu-1000-all", "CPU per delta", 0.7, "x", Than: "aspnetcore-relay"),
        new("The same with every core open, 1,000 streams, to nginx", "cpu-1000-all", "CPU per delta", 1.4, "x", Than: "nginx"),
        new("The same with every core open, 100 streams, to the raw relay", "cpu-100-all", "CPU per delta", 0.4, "x", Than: "aspnetcore-relay"),
        new("Most streams, to the raw relay", "most", "streams", 1, "x", Than: "aspnetcore-relay", AtLeast: true),
        new("Most streams, to the SDK in ASP.NET Core", "most", "streams", 2, "x", Than: "aspnetcore-sdk", AtLeast: true),
        new("Added time to first token, p50", "latency", "first token p50", 1, "ms", Minus: "direct"),
        new("Added time to first token, p99", "latency", "first token p99", 5, "ms", Minus: "direct"),
        new("Added latency of a delta, p50", "latency", "delta p50", 0.3, "ms", Minus: "direct"),
        new("Memory per live run at 5,000, its log included", "memory", "per stream at 5,000", 48, "KiB"),
        new("From launch to the first token", "start", "first token after", 1000, "ms"),
        new("One run to 1,000 readers at 50 tokens/s: its core", "fanout", "its core", 50, "%"),
        new("One run to 1,000 readers: latency of a delta, p99", "fanout", "delta p99", 60, "ms"),
        new("Replay of 4,000 tokens: server's time", "replay", "server CPU per replay", 2, "ms"),
        new("Replay of 4,000 tokens: frames of text", "replay", "frames of text, replay", 3, ""),
        new("Stop between tokens, p99", "stop", "between tokens: p99", 100, "ms"),
    ];

    public static void Append(StringBuilder page, IReadOnlyList<Measurement> measurements)
    {
        var rows = All.Select(target => (Target: target, Seen: target.Seen(measurements))).Where(row => row.Seen is not null).ToList();
        if (rows.Count == 0) return;
        page.Append("\n## Tokenfall's targets\n\n| | Target | Seen | |\n|---|---:|---:|---|\n");
        foreach (var (target, seen) in rows)
        {
            var bound = target.AtLeast ? "at least" : "at most";
            page.Append(CultureInfo.InvariantCulture,
                $"| {target.Name} | {bound} {TableReport.Number(target.Bound)} {target.Unit} | {TableReport.Number(seen!.Value)} {target.Unit} | {(target.IsMet(seen.Value) ? "met" : "missed")} |\n");
        }
    }
}
