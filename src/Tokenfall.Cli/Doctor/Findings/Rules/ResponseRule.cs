using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>The response reaches the reader, but its headers or frames are not those that were sent.</summary>
internal sealed class ResponseRule : IRule
{
    public IEnumerable<Symptom> Examine(Evidence evidence)
    {
        var lines = new List<string>();
        if (evidence.Streams.FirstOrDefault(cell => !Has(cell.Recording, "no-cache", "no-transform")) is { } changed)
            lines.Add($"{changed.Cell}: Cache-Control is {changed.Recording.Header("Cache-Control") ?? "missing"}, sent was no-cache, no-transform");
        if (evidence.Streams.FirstOrDefault(cell => cell.Recording.Header("Content-Type") != "text/event-stream") is { } typed)
            lines.Add($"{typed.Cell}: Content-Type is {typed.Recording.Header("Content-Type")}, sent was text/event-stream");
        if (lines.Count > 0) yield return new(FindingId.HeadersChanged, Severity.Warning, lines);

        if (evidence.Streams.FirstOrDefault(cell => cell.Recording.Failure is not null && cell.Recording.Ending == Ending.Complete || !IsInOrder(cell.Recording)) is { } damaged)
            yield return new(FindingId.FramesDamaged, Severity.Fault, [$"{damaged.Cell}: {damaged.Recording.Failure ?? $"the frames came as {string.Join(' ', damaged.Recording.Frames.Select(frame => frame.Number))}"}"]);
    }

    private static bool Has(Recording recording, params string[] directives)
    {
        var sent = (recording.Header("Cache-Control") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return directives.All(directive => sent.Contains(directive, StringComparer.OrdinalIgnoreCase));
    }

    // Whatever was cut off: what came must be the beginning.
    private static bool IsInOrder(Recording recording) => recording.Frames.Select((frame, index) => frame.Number == index).All(right => right);
}
