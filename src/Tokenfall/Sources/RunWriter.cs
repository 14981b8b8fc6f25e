using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>A source's pen: appends what the model says to the run's log.</summary>
/// <remarks>For one source at a time; not thread-safe. Nothing is awaited: readers never slow the source.</remarks>
public sealed class RunWriter
{
    /// <summary>No time stamp: zero would be one that a clock may give.</summary>
    internal const long NoContent = long.MinValue;

    // Far beyond any model's longest answer: a provider that never ends must not fill the memory.
    private const int MaxBytes = 64 * 1024 * 1024;

    // A source that never waits must not keep readers waiting.
    private const int MaxBatchBytes = 16 * 1024;

    private readonly RunLog _log;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _lastContent = NoContent;
    private bool _batching;
    private int _batchedBytes;

    internal RunWriter(RunLog log, TimeProvider time)
    {
        _log = log;
        _time = time;
    }

    internal int Chars => _log.Chars;
    internal int? InputTokens { get; private set; }
    internal int? OutputTokens { get; private set; }
    internal string? StopReason { get; private set; }
    internal string? UpstreamRequestId { get; private set; }

    // NoContent until the first one. Read by the watchdog's thread.
    internal long LastContent => Volatile.Read(ref _lastContent);

    /// <summary>Whether anything of the answer was seen.</summary>
    internal bool HasContent => LastContent != NoContent;

    /// <summary>Size of what was said, text and reasoning, in escaped bytes: what is left to estimate from when no figure came.</summary>
    internal long BytesSaid { get; private set; }

    /// <summary>Appends a piece of the answer, already escaped.</summary>
    /// <param name="escaped">UTF-8 as it stands between the quotes of a JSON string, checked by a JSON parser.</param>
    public void Delta(ReadOnlySpan<byte> escaped)
    {
        if (escaped.IsEmpty) return;
        escaped = Repair(escaped);
        Append(EventKind.Delta, escaped, JsonText.CountUtf16(escaped));
    }

    /// <summary>Appends a piece of the answer.</summary>
    public void Delta(ReadOnlySpan<char> text) => Delta(Escape(text));

    /// <summary>Appends a piece of the model's reasoning, already escaped.</summary>
    /// <param name="escaped">As for <see cref="Delta(ReadOnlySpan{byte})"/>.</param>
    public void Thinking(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.IsEmpty) Append(EventKind.Thinking, Repair(escaped));
    }

    /// <summary>Appends a piece of the model's reasoning.</summary>
    public void Thinking(ReadOnlySpan<char> text) => Thinking(Escape(text));

    /// <summary>Appends that the model asks for a tool.</summary>
    /// <param name="id">The provider's id of the call.</param>
    /// <param name="name">The tool.</param>
    /// <param name="inputJson">The arguments, one JSON value in UTF-8.</param>
    /// <exception cref="JsonException">The arguments are not JSON.</exception>
    public void ToolCall(string id, string name, ReadOnlySpan<byte> inputJson) => AppendTool(EventKind.ToolCall, id, name, inputJson);

    /// <summary>Appends what a tool answered.</summary>
    /// <param name="id">The id of the call that it answers.</param>
    /// <param name="outputJson">The answer, one JSON value in UTF-8.</param>
    /// <exception cref="JsonException">The answer is not JSON.</exception>
    public void ToolResult(string id, ReadOnlySpan<byte> outputJson) => AppendTool(EventKind.ToolResult, id, null, outputJson);

    /// <summary>
    /// From now on readers are woken by <see cref="EndBatch"/> only, so that pieces that arrived together reach them together. For a source
    /// that reads from a connection: hold what a read brought, release before waiting for the next.
    /// </summary>
    public void BeginBatch() => _batching = true;

    /// <summary>Wakes the readers for what was written since <see cref="BeginBatch"/>; from now on each piece wakes them again.</summary>
    public void EndBatch()
    {
        _batching = false;
        if (_batchedBytes > 0) _log.WakeReaders();
        _batchedBytes = 0;
    }

    /// <summary>Says that the model is at work although there is nothing to show: it keeps the content timeout from firing.</summary>
    public void Progress() => Volatile.Write(ref _lastContent, _time.GetTimestamp());

    /// <summary>Names the provider's own id of the request: the log of a run that fails later has it, readers never see it.</summary>
    /// <param name="id">The id; null where the provider gave none.</param>
    public void UpstreamRequest(string? id) => UpstreamRequestId = id;

    /// <summary>Sets the usage known so far. Figures are cumulative: they replace earlier ones, and null leaves them.</summary>
    public void Usage(int? inputTokens, int? outputTokens)
    {
        InputTokens = inputTokens ?? InputTokens;
        OutputTokens = outputTokens ?? OutputTokens;
    }

    /// <summary>Says that the provider declared the answer complete.</summary>
    /// <param name="stopReason">Why it stopped: <c>end_turn</c>, <c>max_tokens</c>, <c>tool_use</c>, <c>refusal</c>, ...</param>
    public void Complete(string stopReason) => StopReason = stopReason;

    private void AppendTool(EventKind kind, string id, string? name, ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            if (name is not null) writer.WriteString("name", name);
            writer.WritePropertyName(kind == EventKind.ToolCall ? "input" : "output");
            // Written anew rather than raw: pretty-printed JSON has line ends, and those would tear an SSE frame.
            using var value = JsonDocument.Parse(json.ToArray());
            value.WriteTo(writer);
            writer.WriteEndObject();
        }
        Append(kind, buffer.WrittenSpan);
    }

    private void Append(EventKind kind, ReadOnlySpan<byte> payload, int chars = 0)
    {
        if (BytesSaid + payload.Length > MaxBytes)
            throw new ModelException(ErrorCode.UpstreamUnavailable, $"The model's answer passed {MaxBytes:N0} bytes.", retryable: false);
        if (_batching) _batchedBytes += payload.Length;
        if (_batchedBytes >= MaxBatchBytes) _batchedBytes = 0;
        _log.Append(kind, payload, chars, wake: _batchedBytes == 0);
        BytesSaid += payload.Length;
        Progress();
    }

    private ReadOnlySpan<byte> Escape(ReadOnlySpan<char> text)
    {
        _buffer.ResetWrittenCount();
        JsonText.Escape(text, _buffer);
        return _buffer.WrittenSpan;
    }

    // A provider's malformed UTF-8 must not reach a reader: two decoders would read it differently.
    private static ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> escaped) =>
        JsonText.IsWellFormed(escaped) ? escaped : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(escaped));
}
