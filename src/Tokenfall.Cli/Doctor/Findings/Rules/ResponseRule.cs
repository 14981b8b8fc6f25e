using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>The response reaches the reader with changed headers or frames.</summary>
internal sealed class ResponseRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        var lines = new List<string>();
        if (evidence.Streams.FirstOrDefault(variant => !Has(variant.Recording, "no-cache", "no-transform")) is { } changed)
            lines.Add($"{changed.Variant}: Cache-Control is {changed.Recording.Header("Cache-Control") ?? "missing"}, sent was no-cache, no-transform");
        if (evidence.Streams.FirstOrDefault(variant => variant.Recording.Header("Content-Type") != "text/event-stream") is { } typed)
            lines.Add($"{typed.Variant}: Content-Type is {typed.Recording.Header("Content-Type")}, sent was text/event-stream");
        if (lines.Count > 0) yield return new(FindingId.HeadersChanged, Severity.Warning, lines);

        var damaged = evidence.Streams.Where(variant => IsDamaged(variant.Recording, evidence.Idle)).ToList();
        if (damaged.Count > 0) yield return new(FindingId.FramesDamaged, Severity.Fault, [.. damaged.Select(variant => $"{variant.Variant}: {Damage(variant.Recording)}")]);
    }

    private static bool Has(Recording recording, params string[] directives)
    {
        var sent = (recording.Header("Cache-Control") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return directives.All(directive => sent.Contains(directive, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsDamaged(Recording stream, IdleResult? idle) => stream.Ending switch
    {
        Ending.Cut => !IsInOrder(stream) || !new[] { idle?.Silent, idle?.WithHeartbeats }.Any(limit => limit?.Ending == Ending.Cut && limit.EndedMs < 1.25 * stream.EndedMs),
        Ending.Left => true,
        _ => stream.Failure is not null || !IsInOrder(stream),
    };

    private static string Damage(Recording stream)
    {
        var frames = stream.Frames.Count == 0 ? "no frame arrived" : $"the frames arrived as {string.Join(' ', stream.Frames.Select(frame => frame.Number))}";
        return stream.Ending is Ending.Cut or Ending.Left ? $"{frames}, the last should have been {stream.Request.Count + 1}; {ResultText.Of(stream)}" : stream.Failure ?? frames;
    }

    // Even when the stream was cut, what arrived must be its beginning.
    private static bool IsInOrder(Recording recording) => recording.Frames.Select((frame, index) => frame.Number == index).All(right => right);
}
