using System.Buffers;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Appends what a model says to a run's log. It is the one place where text is repaired, bounded and grouped into parts.</summary>
/// <remarks>
/// For one source at a time; not thread-safe. Nothing is awaited: readers never slow the source. A text or reasoning part goes on until
/// <see cref="EndPart"/>, or until a text, reasoning or tool call of another part begins.
/// </remarks>
public sealed partial class RunWriter
{
    // Far beyond any model's longest answer: a provider that never ends must not fill the memory.
    private const int MaxBytes = 64 * 1024 * 1024;

    // Each reader gets an event that is not text as one frame.
    private const int MaxEventBytes = 16 * 1024 * 1024;

    // A source that never waits must not keep readers waiting.
    private const int MaxBatchBytes = 16 * 1024;

    private readonly RunLog _log;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private PartCounter _parts;
    private EventKind _openText;
    private char _pendingHigh;
    private long _size;
    private bool _batching;
    private int _batchedBytes;

    internal RunWriter(RunLog log, TimeProvider time)
    {
        _log = log;
        _time = time;
    }

    internal int Chars => _log.Chars;
    internal string? StopReason { get; private set; }
    internal string? AnsweringModel { get; private set; }
    internal string? UpstreamRequestId { get; private set; }

    /// <summary>Whether the sequence's end completes the answer although nothing in it said so.</summary>
    internal bool EndCompletes { get; set; }

    /// <summary>Whether the source ignored its cancellation and may still be writing.</summary>
    internal bool IsAbandoned { get; set; }

    /// <summary>Appends a piece of the answer, already escaped.</summary>
    /// <param name="escaped">UTF-8 as it stands between the quotes of a JSON string, checked by a JSON parser. Empty text is ignored.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Text(ReadOnlySpan<byte> escaped) => AppendText(EventKind.Text, escaped);

    /// <summary>Appends a piece of the answer.</summary>
    /// <param name="text">The text. A trailing half of a surrogate pair waits for the other half.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Text(ReadOnlySpan<char> text) => AppendText(EventKind.Text, text);

    /// <summary>Appends a piece of the model's reasoning, already escaped.</summary>
    /// <param name="escaped">As for <see cref="Text(ReadOnlySpan{byte})"/>.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Reasoning(ReadOnlySpan<byte> escaped) => AppendText(EventKind.Reasoning, escaped);

    /// <summary>Appends a piece of the model's reasoning.</summary>
    /// <param name="text">As for <see cref="Text(ReadOnlySpan{char})"/>.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Reasoning(ReadOnlySpan<char> text) => AppendText(EventKind.Reasoning, text);

    /// <summary>Ends the current text or reasoning part: the next piece begins a new one. Without an open part it does nothing.</summary>
    public void EndPart()
    {
        if (_pendingHigh != 0) AppendPiece(_openText, "\uFFFD"u8, 1);
        _pendingHigh = '\0';
        _openText = default;
    }

    /// <summary>Appends a source that the answer cites.</summary>
    /// <param name="source">The source.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public void Source(SourceReference source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // A page makes a link of it: what is no web address is only a name.
        if (source.Url is { } url && !IsWebAddress(url)) source = source with { Url = null, Document = source.Document ?? url };
        Append(EventKind.Source, NewPart(PartKind.Source), EventJson.Source(source));
    }

    /// <summary>Appends a file by its address.</summary>
    /// <param name="mediaType">Its media type, such as <c>image/png</c>.</param>
    /// <param name="url">Its address.</param>
    /// <param name="name">Its name, where known.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="mediaType"/> or <paramref name="url"/> is null.</exception>
    public void File(string mediaType, Uri url, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        ArgumentNullException.ThrowIfNull(url);
        // A page makes a link of it: an address of another kind is kept, but not shown.
        if (IsWebAddress(url.OriginalString)) Append(EventKind.File, NewPart(PartKind.File), EventJson.File(mediaType, url.OriginalString, default, name));
        else UnknownContent("source", null, "file", EventJson.File(mediaType, url.OriginalString, default, name));
    }

    /// <summary>Appends a file.</summary>
    /// <param name="mediaType">Its media type, such as <c>image/png</c>.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="name">Its name, where known.</param>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="mediaType"/> is null.</exception>
    public void File(string mediaType, ReadOnlyMemory<byte> data, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        // Base64 takes four bytes for three.
        if (data.Length > MaxEventBytes / 4 * 3) throw TooLarge($"The model's answer has a file of more than {MaxEventBytes / 4 * 3:N0} bytes.");
        Append(EventKind.File, NewPart(PartKind.File), EventJson.File(mediaType, null, data, name));
    }

    /// <summary>Appends something of the application's own for its page.</summary>
    /// <param name="name">What it is; the page looks for it. <see cref="DataNames"/> are reserved.</param>
    /// <param name="json">One JSON value in UTF-8.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is one of <see cref="DataNames"/>.</exception>
    /// <exception cref="JsonException">The value is not JSON.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Data(string name, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (DataNames.IsReserved(name))
            throw new ArgumentException($"The name '{name}' is reserved for data that Tokenfall itself adds to an answer. Choose another name for the application's data.", nameof(name));
        ReservedData(name, json);
    }

    /// <summary>Appends data under one of <see cref="DataNames"/>.</summary>
    internal void ReservedData(string name, ReadOnlySpan<byte> json)
    {
        using var value = JsonRepair.Parse(json);
        Append(EventKind.Data, NewPart(PartKind.Data), EventJson.Data(name, value.RootElement));
    }

    /// <summary>Keeps what the provider must get back to continue, such as a signature. Readers never see it.</summary>
    /// <param name="provider">The provider that it belongs to; it is never sent to another.</param>
    /// <param name="model">The model that it belongs to, where that matters.</param>
    /// <param name="type">The provider's name for it.</param>
    /// <param name="json">One JSON value in UTF-8.</param>
    /// <exception cref="JsonException">The value is not JSON.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void Opaque(string provider, string? model, string type, ReadOnlySpan<byte> json)
    {
        using var value = JsonRepair.Parse(json);
        Append(EventKind.Opaque, NewPart(PartKind.Opaque), EventJson.Opaque(provider, model, type, value.RootElement));
    }

    /// <summary>Keeps content of a kind that the source does not know. Readers get the type's name and nothing else.</summary>
    /// <param name="provider">The provider that it belongs to.</param>
    /// <param name="model">The model that it belongs to, where that matters.</param>
    /// <param name="type">The provider's name for the kind.</param>
    /// <param name="json">The content, one JSON value in UTF-8.</param>
    /// <exception cref="JsonException">The content is not JSON.</exception>
    /// <exception cref="ModelException">The answer is larger than a run may be.</exception>
    public void UnknownContent(string provider, string? model, string type, ReadOnlySpan<byte> json)
    {
        Opaque(provider, model, type, json);
        ReservedData(DataNames.UnknownContent, EventJson.TypeName(type));
    }

    /// <summary>
    /// From now on readers are woken by <see cref="EndBatch"/> only, so that pieces that arrived together reach them together. For a source that
    /// reads from a connection: begin a batch with what a read brought, and end it before waiting for the next read.
    /// </summary>
    public void BeginBatch() => _batching = true;

    /// <summary>Wakes the readers for what was written since <see cref="BeginBatch"/>; from now on each piece wakes them again.</summary>
    public void EndBatch()
    {
        _batching = false;
        if (_batchedBytes > 0) _log.WakeReaders();
        _batchedBytes = 0;
    }

    /// <summary>Names the provider's own id of the request: the log of a run that fails later has it, readers never see it.</summary>
    /// <param name="id">The id; null where the provider gave none.</param>
    public void UpstreamRequest(string? id) => UpstreamRequestId = id is null ? null : LogText.Word(id);

    /// <summary>Names the model that really answers; the terminal event has it.</summary>
    /// <param name="model">The provider's name of the model; null leaves the one that is known.</param>
    public void AnsweredBy(string? model) => AnsweringModel = model is null ? AnsweringModel : LogText.Word(model);

    /// <summary>Says that the provider declared the answer complete.</summary>
    /// <param name="stopReason">Why it stopped: <c>end_turn</c>, <c>max_tokens</c>, <c>tool_use</c>, <c>refusal</c>, ...; <c>unknown</c> where it is blank.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stopReason"/> is null.</exception>
    public void Complete(string stopReason)
    {
        ArgumentNullException.ThrowIfNull(stopReason);
        EndPart();
        StopReason = string.IsNullOrWhiteSpace(stopReason) ? "unknown" : LogText.Word(stopReason);
    }

    /// <summary>Ends what is open: the run ends.</summary>
    internal void Finish()
    {
        EndPart();
        EndOpenToolCalls();
    }

    private void AppendText(EventKind kind, ReadOnlySpan<byte> escaped)
    {
        if (escaped.IsEmpty) return;
        Continue(kind);
        if (_pendingHigh == 0 && TextRepair.IsClean(escaped, out var chars)) AppendPiece(kind, escaped, chars);
        else AppendText(kind, JsonText.Unescape(escaped));
    }

    private void AppendText(EventKind kind, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        Continue(kind);
        var escaped = Escape(text, ref _pendingHigh, out var chars);
        if (escaped.IsEmpty) Progress();
        else AppendPiece(kind, escaped, chars);
    }

    // Whatever was open before has ended with this.
    private void Continue(EventKind kind)
    {
        if (_openText == kind) return;
        EndPart();
        NewPart(kind.ToPartKind());
        _openText = kind;
    }

    private void AppendPiece(EventKind kind, ReadOnlySpan<byte> escaped, int chars) =>
        AppendOutput(kind, _parts.Current(kind.ToPartKind()), escaped, kind == EventKind.Text ? chars : 0);

    private ushort NewPart(PartKind kind) =>
        _parts.TryNext(kind, out var part) ? part : throw TooLarge($"The model's answer has more than {ushort.MaxValue:N0} parts of one kind.");

    private void AppendOutput(EventKind kind, ushort part, ReadOnlySpan<byte> payload, int chars = 0)
    {
        Append(kind, part, payload, chars);
        OutputBytes += JsonText.CountUtf8(payload);
        HasFinalUsage = false;
    }

    private void Append(EventKind kind, ushort part, ReadOnlySpan<byte> payload, int chars = 0)
    {
        if (payload.Length > MaxEventBytes && !kind.IsText()) throw TooLarge($"The model's answer has an event of more than {MaxEventBytes:N0} bytes.");
        Count(payload.Length + RunLog.EntrySize);
        if (_batching) _batchedBytes += payload.Length;
        if (_batchedBytes >= MaxBatchBytes) _batchedBytes = 0;
        _log.Append(kind, payload, part, chars, wake: _batchedBytes == 0);
        // After a tool has answered, the model has yet to begin.
        var awaits = _awaitsAnswer && kind == EventKind.ToolResult;
        Progress();
        _awaitsAnswer = awaits;
    }

    /// <summary>Counts what is held for this run, in the log or beside it.</summary>
    /// <exception cref="ModelException">It is more than a run may hold.</exception>
    internal void Count(int bytes)
    {
        if (_size + bytes > MaxBytes) throw TooLarge($"The model's answer passed {MaxBytes:N0} bytes.");
        _size += bytes;
    }

    private ReadOnlySpan<byte> Escape(ReadOnlySpan<char> text, ref char pendingHigh, out int chars)
    {
        if (pendingHigh != 0) text = pendingHigh + text.ToString();
        pendingHigh = char.IsHighSurrogate(text[^1]) ? text[^1] : '\0';
        if (pendingHigh != 0) text = text[..^1];
        _buffer.ResetWrittenCount();
        JsonText.Escape(text, _buffer);
        chars = text.Length;
        return _buffer.WrittenSpan;
    }

    private static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    private static ModelException TooLarge(string message) => new(ErrorCode.UpstreamUnavailable, message, retryable: false);
}
