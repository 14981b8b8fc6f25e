using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Events come late, in groups, or all together.</summary>
internal sealed class ArrivalRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        var late = evidence.Streams.Where(cell => cell.Pattern.Kind > Arrivals.Live).ToList();
        // A hop that is late only where it compresses: compression is what to change.
        var byCompression = late.Where(cell => cell.Recording.Coding != "identity" && !IsLateUncompressed(evidence, cell)).ToList();
        if (byCompression.Count > 0) yield return Symptom(FindingId.CompressionDelay, evidence, byCompression);
        foreach (var group in late.Except(byCompression).GroupBy(cell => IdOf(cell.Pattern.Kind)))
            yield return Symptom(group.Key, evidence, [.. group]);

        var compressed = evidence.Streams.Except(byCompression).Where(cell => cell.Recording.Coding != "identity").ToList();
        if (compressed.Count > 0 && byCompression.Count == 0)
            yield return new(FindingId.Compressed, Severity.Warning, [.. compressed.Select(cell => $"{cell.Cell}: Content-Encoding: {cell.Recording.Coding}, {Words.Of(cell.Pattern.Kind)}")]);
    }

    // More late than the same without compression: a corking hop that compresses does both.
    private static bool IsLateUncompressed(Evidence evidence, CellResult compressed) => evidence.Streams.Any(cell =>
        cell.Cell == compressed.Cell with { Coding = "identity" } && cell.Recording.Coding == "identity"
        && cell.Pattern.Kind > Arrivals.Live && cell.Pattern.MedianLag > 0.6 * compressed.Pattern.MedianLag);

    private static string IdOf(Arrivals kind) => kind switch
    {
        Arrivals.AtTheEnd => FindingId.ResponseBuffered,
        Arrivals.Batched => FindingId.EventsBatched,
        _ => FindingId.EventsDelayed,
    };

    private static Symptom Symptom(string id, Evidence evidence, List<CellResult> cells)
    {
        var streams = evidence.Streams.Count();
        List<string> lines = [.. cells.Select(Line)];
        lines.Add($"{cells.Count} of {streams} cells; events were sent {cells[0].Recording.Request.Interval} ms apart");
        // All at the end says nothing about how long: that is as long as the stream.
        var magnitude = id == FindingId.EventsDelayed ? Median(cells.Select(cell => cell.Pattern.MedianLag)) : id == FindingId.EventsBatched ? Median(cells.Select(cell => cell.Pattern.Period)) : 0;
        return new(id, Severity.Fault, lines, magnitude);
    }

    private static string Line(CellResult cell)
    {
        var pattern = cell.Pattern;
        var coding = cell.Recording.Coding == "identity" ? "" : $", Content-Encoding: {cell.Recording.Coding}";
        var headers = $"headers after {Words.Milliseconds(cell.Recording.HeadersMs)}";
        return pattern.Kind switch
        {
            Arrivals.AtTheEnd => $"{cell.Cell}: all at the end, after {Words.Seconds(cell.Recording.EndedMs)}; {headers}{coding}",
            Arrivals.Batched => $"{cell.Cell}: {pattern.Groups} groups, {Words.Milliseconds(pattern.Period)} apart{coding}",
            _ => $"{cell.Cell}: each event {Words.Milliseconds(pattern.MedianLag)} late{(pattern.Kind == Arrivals.OneLate ? ", about when the next one is sent" : "")}{coding}",
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
