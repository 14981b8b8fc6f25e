namespace Tokenfall.Tests;

/// <summary>What a run's log held, and how its source ended.</summary>
internal sealed record Answer(IReadOnlyList<LoggedEvent> Events, RunEnd Terminal, Exception? Failure)
{
    public ModelException Fault => Assert.IsType<ModelException>(Failure);

    /// <summary>The answer's text as the log has it: escaped.</summary>
    public string Text => string.Concat(Payloads(EventKind.Text));

    /// <summary>The text, as readers decode it.</summary>
    public string Said => JsonSerializer.Deserialize<string>($"\"{Text}\"")!;

    public string Thinking => string.Concat(Payloads(EventKind.Reasoning));

    public IReadOnlyList<string> Tools => Payloads(EventKind.ToolCall, EventKind.ToolResult);

    public EventKind End => Events[^1].Kind;

    public string? StopReason => Terminal.StopReason;

    public string? Code => Terminal.Error?.Code.ToWireName();

    public long? InputTokens => Terminal.Usage.TotalInputTokens;

    public long? OutputTokens => Terminal.Usage.TotalOutputTokens;

    /// <summary>Reads a run that has ended.</summary>
    public static Answer Of(Run run, Exception? failure, RunSegment log)
    {
        var events = new List<LoggedEvent>();
        var start = 0;
        foreach (var one in log.Events)
        {
            events.Add(new LoggedEvent(one.Kind, one.Part, Encoding.UTF8.GetString(log.Bytes.Span[start..one.End])));
            start = one.End;
        }
        return new Answer(events, run.End!, failure);
    }

    public IReadOnlyList<string> Payloads(params EventKind[] kinds) => [.. Events.Where(e => kinds.Contains(e.Kind)).Select(e => e.Payload)];

    /// <summary>The texts or reasonings, one a part.</summary>
    public IEnumerable<string> Parts(EventKind kind) =>
        Events.Where(e => e.Kind == kind).GroupBy(e => e.Part).Select(part => string.Concat(part.Select(e => e.Payload)));

    public IReadOnlyList<JsonElement> Json(EventKind kind) => [.. Payloads(kind).Select(payload => JsonDocument.Parse(payload).RootElement)];
}
