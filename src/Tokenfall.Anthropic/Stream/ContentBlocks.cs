using System.Globalization;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Writes content blocks as parts of the answer. <c>docs/events.md</c> says what becomes what.</summary>
internal sealed class ContentBlocks(RunWriter writer, AnthropicContent content)
{
    private readonly Dictionary<int, ToolBlock> _tools = [];

    public void Start(int index, JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object) return;
        Stop(index);
        switch (block.Text("type"))
        {
            case "text" or "thinking" when block.HasOtherThanText(block.Text("type")!):
                content.KeepUnknown(block);
                break;
            case "text":
                writer.Text(block.EscapedText("text"));
                foreach (var citation in block.Items("citations")) Citations.Write(citation, writer, content);
                if (block.HasMoreThan("type", "text", "citations")) content.Keep("text", block);
                break;
            case "thinking":
                writer.Reasoning(block.EscapedText("thinking"));
                if (!block.EscapedText("signature").IsEmpty) content.Keep("signature", block.Field("signature"));
                if (block.HasMoreThan("type", "thinking", "signature")) content.Keep("thinking", block);
                break;
            case "redacted_thinking" or "compaction":
                content.Keep(block.Text("type")!, block);
                break;
            case "fallback":
                content.Keep("fallback", block);
                content.AnsweredBy(block.Field("to").Text("model"));
                break;
            case { } type when type == "tool_use" || type.EndsWith("_tool_use", StringComparison.Ordinal):
                StartTool(index, type, block);
                break;
            case { } type when type == "tool_result" || type.EndsWith("_tool_result", StringComparison.Ordinal):
                WriteResult(type, block);
                break;
            default:
                content.KeepUnknown(block);
                break;
        }
    }

    /// <summary>Adds a piece of a tool's arguments; false when no such block is open.</summary>
    public bool TryAppendInput(int index, ReadOnlySpan<byte> escaped)
    {
        if (!_tools.TryGetValue(index, out var tool)) return false;
        tool.Append(escaped);
        return true;
    }

    /// <summary>Takes a delta that is neither text nor reasoning nor a piece of text of an open tool's arguments.</summary>
    public void AppendRare(int index, JsonElement delta)
    {
        switch (delta.Text("type"))
        {
            case "input_json_delta" when _tools.TryGetValue(index, out var tool) && delta.Field("partial_json") is { ValueKind: JsonValueKind.Object } whole:
                tool.Append(whole);
                break;
            case "citations_delta":
                Citations.Write(delta.Field("citation"), writer, content);
                break;
            case "signature_delta":
                if (!delta.EscapedText("signature").IsEmpty) content.Keep("signature", delta.Field("signature"));
                break;
            case var type when delta.HasMoreThan("type"):
                content.Keep(type ?? "untyped", delta);
                break;
        }
    }

    public void Stop(int index)
    {
        writer.EndPart();
        if (_tools.Remove(index, out var tool)) tool.End();
    }

    /// <summary>Ends what is still open: the model was cut short.</summary>
    public void StopAll()
    {
        foreach (var index in _tools.Keys.Order().ToList()) Stop(index);
    }

    private void StartTool(int index, string type, JsonElement block)
    {
        var id = block.Text("id") is { Length: > 0 } given ? given : "block_" + index.ToString(CultureInfo.InvariantCulture);
        // A call is known by its id: of two with the same one the first has ended.
        foreach (var (other, tool) in _tools)
            if (tool.Id == id) Stop(other);
        _tools[index] = ToolBlock.Start(writer, id, type, block);
        // Such as who called it, or the server that has the tool.
        if (block.HasMoreThan("type", "id", "name", "input")) content.Keep(type, block);
    }

    private void WriteResult(string type, JsonElement block)
    {
        var result = block.Field("content");
        if (block.Text("tool_use_id") is not { } id || result.ValueKind == JsonValueKind.Undefined)
        {
            content.KeepUnknown(block);
            return;
        }
        var isError = block.Field("is_error").ValueKind == JsonValueKind.True || result.Text("error_code") is not null;
        writer.ToolResult(id, ReaderJson.Of(result, out var omitted), isError);
        Citations.WriteSearchResults(result, writer);
        if (omitted || block.HasMoreThan("type", "tool_use_id", "content", "is_error")) content.Keep(type, block);
    }
}
