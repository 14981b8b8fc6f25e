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
        if (name != SseEventName.Error && (data.IsEmpty || data.SequenceEqual("[DONE]"u8))) return false;
        try
        {
            var streamed = StreamEvent.Parse(data);
            if (!streamed.Type.SequenceEqual("content_block_delta"u8)) return ReadRare(data, name);
            HasContent = true;
            if (streamed.HasOtherThanText || !TryAppend(streamed)) AppendRare(data, streamed.Index);
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

    private void AppendRare(ReadOnlySpan<byte> data, int index)
    {
        using var document = JsonRepair.Parse(data);
        if (document.RootElement.Field("error").IsPresent()) throw InBand(document.RootElement);
        _blocks.AppendRare(index, document.RootElement.Field("delta"));
    }

    private bool ReadRare(ReadOnlySpan<byte> data, SseEventName name)
    {
        using var document = JsonRepair.Parse(data);
        var root = document.RootElement;
        var type = root.Text("type");
        // Gateways wrap errors in many ways, and into events of any type; a ping has none, and must not hide a stall.
        if (type == "error" || name == SseEventName.Error || ProviderError.IsIn(root)) throw InBand(root);
        switch (type)
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
                if (root.HasMoreThan("type", "delta", "usage") || MessageEnd.HasMore(root.Field("delta"))) _content.Keep("message_delta", root);
                UpdateUsage(root.Field("usage"));
                break;
            case "message_stop":
                _usage.Update(root.Field("usage"));
                _blocks.StopAll();
                _end.Complete();
                return true;
            default:
                // An error without any wrapping. Other events that are unknown here are skipped.
                if (ProviderError.Of(root).IsKnown) throw InBand(root);
                break;
        }
        return false;
    }

    private ModelException InBand(JsonElement error) => _errors.InBand(ProviderError.Of(error), _requestId);

    // What it says once it has given the reason why it stopped, it says of the whole answer.
    private void UpdateUsage(JsonElement usage)
    {
        _usage.Update(usage);
        if (_end.HasReason) _writer.FinishUsage(true);
    }

    private void Start(JsonElement message)
    {
        var id = message.Text("id");
        if (_isOpen)
        {
            // Without an id it is a repetition only as long as nothing was said.
            if (id == _messageId && (id is not null || !HasContent)) return;
            throw _errors.Malformed(new InvalidDataException("Another message began before the first was complete."), _requestId);
        }
        (_isOpen, _messageId) = (true, id);
        _content.AnsweredBy(message.Text("model"));
        _end.Update(message);
        StartContent(message);
        if (_end.HasReason) UpdateUsage(message.Field("usage"));
        else _usage.Begin(message.Field("usage"));
    }

    private void StartContent(JsonElement message)
    {
        // A message of a request may have text instead of blocks, and some gateways answer so.
        var text = message.EscapedText("content");
        HasContent |= !text.IsEmpty;
        _writer.Text(text);
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
        name == SseEventName.Ping || (name == SseEventName.None && (_hasNames || data.TrimStart(" \t\n"u8) is not [(byte)'{', ..]));
}
