using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>The response reaches the reader, but its headers or frames are not those that were sent.</summary>
internal sealed class ResponseRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
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
        Ending.Cut => !IsInOrder(stream) || !new[] { idle?.Silent, idle?.Beating }.Any(limit => limit?.Ending == Ending.Cut && limit.EndedMs < 1.25 * stream.EndedMs),
        Ending.Left => true,
        _ => stream.Failure is not null || !IsInOrder(stream),
    };

    private static string Damage(Recording stream)
    {
        var frames = stream.Frames.Count == 0 ? "no frame came" : $"the frames came as {string.Join(' ', stream.Frames.Select(frame => frame.Number))}";
        return stream.Ending is Ending.Cut or Ending.Left ? $"{frames}, the last was to be {stream.Request.Count + 1}; {Words.Of(stream)}" : stream.Failure ?? frames;
    }

    // Whatever was cut off: what came must be the beginning.
    private static bool IsInOrder(Recording recording) => recording.Frames.Select((frame, index) => frame.Number == index).All(right => right);
}
