using System.Text;
using System.Text.Json;

namespace Tokenfall.Tests;

/// <summary>What a run's log held, and how its source ended.</summary>
internal sealed record Answer(IReadOnlyList<RunFrame> Frames, RunEnd Terminal, Exception? Failure)
{
    public ModelException Fault => Assert.IsType<ModelException>(Failure);

    /// <summary>The answer's text as the log has it: escaped.</summary>
    public string Text => string.Concat(Payloads(EventKind.Text));

    /// <summary>The text, as readers decode it.</summary>
    public string Said => JsonSerializer.Deserialize<string>($"\"{Text}\"")!;

    public string Thinking => string.Concat(Payloads(EventKind.Reasoning));

    public IReadOnlyList<string> Tools => Payloads(EventKind.ToolCall, EventKind.ToolResult);

    public EventKind End => Frames[^1].Kind;

    public string? StopReason => Terminal.StopReason;

    public string? Code => Terminal.Error?.Code.ToWireName();

    public long? InputTokens => Terminal.Usage.TotalInputTokens;

    public long? OutputTokens => Terminal.Usage.TotalOutputTokens;

    /// <summary>Reads a run that has ended.</summary>
    public static Answer Of(Run run, Exception? failure)
    {
        using var reader = run.Read();
        var frames = new List<RunFrame>();
        while (reader.TryRead(out var frame)) frames.Add(frame);
        return new Answer(frames, run.End!, failure);
    }

    public IReadOnlyList<string> Payloads(params EventKind[] kinds) =>
        [.. Frames.Where(frame => kinds.Contains(frame.Kind)).Select(frame => Encoding.UTF8.GetString(frame.Payload.Span))];

    /// <summary>The texts or reasonings of this kind, one a part.</summary>
    public IEnumerable<string> Parts(EventKind kind) =>
        Frames.Where(frame => frame.Kind == kind).GroupBy(frame => frame.Part).Select(part => string.Concat(part.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span))));

    public IReadOnlyList<JsonElement> Json(EventKind kind) => [.. Payloads(kind).Select(payload => JsonDocument.Parse(payload).RootElement)];
}
