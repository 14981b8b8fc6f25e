using System.Text.Json;

namespace Tokenfall;

/// <summary>Writes one response's events into a run, as they are parsed.</summary>
/// <remarks>
/// The <c>type</c> inside the data decides; the event's name only repeats it. Events of types unknown here are skipped, as the API's versioning
/// policy asks (https://docs.claude.com/en/api/versioning); blocks and deltas of unknown types are content, and are kept.
/// </remarks>
internal sealed class MessageEventHandler
{
    private readonly RunWriter _writer;
    private readonly AnthropicErrors _errors;
    private readonly string? _requestId;
    private readonly AnthropicContent _content;
    private readonly ContentBlocks _blocks;
    private readonly AnthropicUsage _usage;
    private readonly MessageEnd _end;
    private string? _messageId;
    private bool _isOpen;
    private bool _hasNames;

    public MessageEventHandler(RunWriter writer, AnthropicErrors errors, string? requestId)
    {
        _writer = writer;
        _errors = errors;
        _requestId = requestId;
        _content = new AnthropicContent(writer);
        _blocks = new ContentBlocks(writer, _content);
        _usage = new AnthropicUsage(writer);
        _end = new MessageEnd(writer, _content);
    }

    /// <summary>Whether anything of the answer was there.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Takes what arrived.</summary>
    /// <returns>Whether the last event was among it: the answer is complete.</returns>
    /// <exception cref="InvalidDataException">An event is too long.</exception>
    /// <exception cref="ModelException">The provider reports an error, or sends what cannot be read.</exception>
    public bool Read(SseEventReader events, ReadOnlySpan<byte> arrived)
    {
        while (events.TryRead(ref arrived, out var data))
            if (Read(data, events.Name)) return true;
        return false;
    }

    private bool Read(ReadOnlySpan<byte> data, SseEventName name)
    {
        _hasNames |= name != SseEventName.None;
        // Some gateways append OpenAI's end mark.
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8)) return false;
        try
        {
            var streamed = StreamEvent.Parse(data);
            if (!streamed.Type.SequenceEqual("content_block_delta"u8)) return ReadRare(data, name);
            HasContent = true;
            if (!TryAppend(streamed)) AppendRare(data);
            // Also an empty piece shows that the model is at work.
            _writer.Progress();
            return false;
        }
        catch (JsonException bad)
        {
            if (name == SseEventName.Error) throw _errors.InBand(ProviderError.OfText(data), _requestId);
            if (IsForeign(data, name)) return false;
            throw _errors.Malformed(bad, _requestId);
        }
    }

    private bool TryAppend(in StreamEvent streamed)
    {
        if (streamed.DeltaType.SequenceEqual("text_delta"u8)) _writer.Text(streamed.Text);
        else if (streamed.DeltaType.SequenceEqual("thinking_delta"u8)) _writer.Reasoning(streamed.Thinking);
        else return streamed.DeltaType.SequenceEqual("input_json_delta"u8) && _blocks.TryAppendInput(streamed.Index, streamed.PartialJson);
        return true;
    }

    private void AppendRare(ReadOnlySpan<byte> data)
    {
        using var document = JsonRepair.Parse(data);
        _blocks.AppendRare(document.RootElement.Field("delta"));
    }

    private bool ReadRare(ReadOnlySpan<byte> data, SseEventName name)
    {
        using var document = JsonRepair.Parse(data);
        var root = document.RootElement;
        switch (root.Text("type"))
        {
            case "message_start":
                Start(root.Field("message"));
                break;
            case "content_block_start":
                HasContent = true;
                _blocks.Start(root.Number("index") ?? 0, root.Field("content_block"));
                _writer.Progress();
                break;
            case "content_block_stop":
                _blocks.Stop(root.Number("index") ?? 0);
                _writer.Progress();
                break;
            case "message_delta":
                _end.Update(root.Field("delta"));
                _usage.Update(root.Field("usage"));
                break;
            case "message_stop":
                _blocks.StopAll();
                _end.Complete();
                return true;
            // Gateways wrap errors in many ways; a ping has none, and must not hide a stall.
            case var type when type == "error" || root.Field("error").IsPresent() || name == SseEventName.Error:
                throw _errors.InBand(ProviderError.Of(root), _requestId);
        }
        return false;
    }

    private void Start(JsonElement message)
    {
        var id = message.Text("id");
        if (_isOpen)
        {
            if (id == _messageId) return;
            throw _errors.Malformed(new InvalidDataException("Another message began before the first was complete."), _requestId);
        }
        (_isOpen, _messageId) = (true, id);
        _content.AnsweredBy(message.Text("model"));
        _end.Update(message);
        if (_end.HasReason) _usage.Update(message.Field("usage"));
        else _usage.Begin(message.Field("usage"));
        foreach (var block in message.Items("content"))
        {
            HasContent = true;
            _blocks.Start(0, block);
            _blocks.Stop(0);
        }
    }

    // A gateway's own remark, such as ": PROCESSING". What looks like an object may be a damaged piece of the answer, except where the answer's
    // events have names and this has none.
    private bool IsForeign(ReadOnlySpan<byte> data, SseEventName name) =>
        name == SseEventName.None && (_hasNames || data.TrimStart(" \t\n"u8) is not [(byte)'{', ..]);
}
