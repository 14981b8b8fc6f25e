using System.Text;
using System.Text.Json;

namespace Tokenfall.Tests;

/// <summary>What a run's log held, and how its source ended.</summary>
internal sealed record Answer(string Text, string Thinking, IReadOnlyList<string> Tools, EventKind End, JsonElement Terminal, Exception? Failure)
{
    public ModelException Fault => Assert.IsType<ModelException>(Failure);

    public string? StopReason => Terminal.GetProperty("stop_reason").GetString();

    public string? Code => Terminal.GetProperty("code").GetString();

    public int? InputTokens => Tokens("input_tokens");

    public int? OutputTokens => Tokens("output_tokens");

    /// <summary>Reads a run that has ended. Texts are as the log has them: escaped.</summary>
    public static Answer Of(Run run, Exception? failure)
    {
        var text = new StringBuilder();
        var thinking = new StringBuilder();
        var tools = new List<string>();
        using var reader = run.Read();
        RunFrame last = default;
        while (reader.TryRead(out var frame))
        {
            last = frame;
            var payload = Encoding.UTF8.GetString(frame.Payload.Span);
            if (frame.Kind == EventKind.Delta) text.Append(payload);
            else if (frame.Kind == EventKind.Thinking) thinking.Append(payload);
            else if (frame.Kind is EventKind.ToolCall or EventKind.ToolResult) tools.Add(payload);
        }
        return new Answer(text.ToString(), thinking.ToString(), tools, last.Kind, JsonDocument.Parse(last.Payload).RootElement, failure);
    }

    private int? Tokens(string name) => Terminal.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
