using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Writes one response's events into a run, as they are parsed.</summary>
/// <remarks>
/// The <c>type</c> inside the data decides; the event's name only repeats it. Events, blocks and deltas of types unknown here are
/// skipped, as the API's versioning policy asks (https://docs.claude.com/en/api/versioning).
/// </remarks>
internal sealed class MessageEventHandler(RunWriter writer, AnthropicErrors faults, string? requestId)
{
    private readonly AnthropicUsage _usage = new(writer);
    private readonly ToolCalls _tools = new(writer);
    private string? _stopReason;

    /// <summary>Takes what arrived.</summary>
    /// <returns>Whether the last event was among it: the answer is complete.</returns>
    /// <exception cref="InvalidDataException">An event is too long.</exception>
    /// <exception cref="ModelException">The provider reports an error, or sends what is no JSON object.</exception>
    public bool Read(SseEventReader events, ReadOnlySpan<byte> arrived)
    {
        while (events.TryRead(ref arrived, out var data))
            if (Read(data)) return true;
        return false;
    }

    private bool Read(ReadOnlySpan<byte> data)
    {
        // Some gateways append OpenAI's end mark.
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8)) return false;
        try
        {
            var streamed = StreamEvent.Parse(data);
            if (!streamed.Type.SequenceEqual("content_block_delta"u8)) return ReadRare(data);
            Append(streamed);
            return false;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            throw faults.Malformed(bad, requestId);
        }
    }

    private void Append(in StreamEvent streamed)
    {
        if (streamed.DeltaType.SequenceEqual("text_delta"u8)) writer.Text(streamed.Text);
        else if (streamed.DeltaType.SequenceEqual("thinking_delta"u8)) writer.Reasoning(streamed.Thinking);
        else if (streamed.DeltaType.SequenceEqual("input_json_delta"u8)) _tools.Append(streamed.Index, streamed.PartialJson);
        // Signatures, citations and empty pieces show nothing, but the model is at work.
        writer.Progress();
    }

    // By way of a string: that repairs malformed UTF-8, which a JSON document would let through.
    private bool ReadRare(ReadOnlySpan<byte> data)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(data));
        var root = document.RootElement;
        switch (root.Text("type"))
        {
            case "message_start":
                _usage.Begin(root.Field("message").Field("usage"));
                break;
            case "content_block_start":
                StartBlock(root.Number("index") ?? 0, root.Field("content_block"));
                break;
            case "content_block_stop":
                _tools.Stop(root.Number("index") ?? 0);
                writer.Progress();
                break;
            case "message_delta":
                _stopReason = root.Field("delta").Text("stop_reason") ?? _stopReason;
                _usage.Update(root.Field("usage"));
                break;
            case "message_stop":
                writer.Complete(faults.Word(_stopReason) ?? "end_turn");
                return true;
            case "error":
                throw faults.InBand(ProviderError.Of(root), requestId);
        }
        // A ping, too, comes here: it must not hide a stall.
        return false;
    }

    private void StartBlock(int index, JsonElement block)
    {
        writer.Progress();
        switch (block.Text("type"))
        {
            case "text":
                writer.Text(block.EscapedText("text"));
                break;
            case "thinking":
                writer.Reasoning(block.EscapedText("thinking"));
                break;
            case "tool_use" or "server_tool_use":
                _tools.Start(index, block);
                break;
            case { } type when type.EndsWith("_tool_result", StringComparison.Ordinal):
                WriteResult(block);
                break;
        }
    }

    private void WriteResult(JsonElement block)
    {
        if (block.Text("tool_use_id") is { } id && block.Field("content") is { ValueKind: not JsonValueKind.Undefined } content)
            writer.ToolResult(id, JsonMarshal.GetRawUtf8Value(content));
    }
}
