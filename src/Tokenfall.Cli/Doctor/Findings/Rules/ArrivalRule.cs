using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Events come late, in groups, or all together.</summary>
internal sealed class ArrivalRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        var late = evidence.Streams.Where(variant => variant.Pattern.Kind > Arrivals.Live).ToList();
        // Where a hop delays only what it compresses, compression is what to change.
        var byCompression = late.Where(variant => variant.Recording.Coding != "identity" && !IsLateUncompressed(evidence, variant)).ToList();
        if (byCompression.Count > 0) yield return Symptom(FindingId.CompressionDelay, evidence, byCompression);
        foreach (var group in late.Except(byCompression).GroupBy(variant => IdOf(variant.Pattern.Kind)))
            yield return Symptom(group.Key, evidence, [.. group]);

        var compressed = evidence.Streams.Except(byCompression).Where(variant => variant.Recording.Coding != "identity").ToList();
        if (compressed.Count > 0 && byCompression.Count == 0)
            yield return new(FindingId.Compressed, Severity.Warning, [.. compressed.Select(variant => $"{variant.Variant}: Content-Encoding: {variant.Recording.Coding}, {ResultText.Of(variant.Pattern.Kind)}")]);
    }

    // A hop that both corks and compresses is late without compression, too.
    private static bool IsLateUncompressed(Evidence evidence, VariantResult compressed) => evidence.Streams.Any(variant =>
        variant.Variant == compressed.Variant with { Coding = "identity" } && variant.Recording.Coding == "identity"
        && variant.Pattern.Kind > Arrivals.Live && variant.Pattern.MedianLag > 0.6 * compressed.Pattern.MedianLag);

    private static string IdOf(Arrivals kind) => kind switch
    {
        Arrivals.AtTheEnd => FindingId.ResponseBuffered,
        Arrivals.Batched => FindingId.EventsBatched,
        _ => FindingId.EventsDelayed,
    };

    private static Symptom Symptom(string id, Evidence evidence, List<VariantResult> variants)
    {
        var streams = evidence.Streams.Count();
        List<string> lines = [.. variants.Select(Line)];
        lines.Add($"{variants.Count} of {streams} variants; events were sent {variants[0].Recording.Request.Interval} ms apart");
        // When all events arrive at the end, the lag is only the length of the stream.
        var magnitude = id == FindingId.EventsDelayed ? Median(variants.Select(variant => variant.Pattern.MedianLag)) : id == FindingId.EventsBatched ? Median(variants.Select(variant => variant.Pattern.Period)) : 0;
        return new(id, Severity.Fault, lines, magnitude);
    }

    private static string Line(VariantResult variant)
    {
        var pattern = variant.Pattern;
        var coding = variant.Recording.Coding == "identity" ? "" : $", Content-Encoding: {variant.Recording.Coding}";
        var headers = $"headers after {ResultText.Milliseconds(variant.Recording.HeadersMs)}";
        return pattern.Kind switch
        {
            Arrivals.AtTheEnd => $"{variant.Variant}: all at the end, after {ResultText.Seconds(variant.Recording.EndedMs)}; {headers}{coding}",
            Arrivals.Batched => $"{variant.Variant}: {pattern.Groups} groups, {ResultText.Milliseconds(pattern.Period)} apart{coding}",
            _ => $"{variant.Variant}: each event {ResultText.Milliseconds(pattern.MedianLag)} late{(pattern.Kind == Arrivals.OneLate ? ", about when the next one is sent" : "")}{coding}",
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
