using System.Buffers;
using System.Buffers.Text;

namespace Tokenfall.AspNetCore;

/// <summary>Tokenfall's own events: <c>event</c>, one line of JSON <c>data</c>, and <c>id</c>, ended by LF (HTML standard, section 9.2.5).</summary>
/// <remarks>
/// The id comes last: some clients, such as @microsoft/fetch-event-source, count an event as read as soon as they see the id, and would
/// skip a frame that was cut after it.
/// </remarks>
internal sealed class TokenfallFormatter : IRunFormatter
{
    private const int LongestEnvelope = 160;

    private readonly Run _run;
    private ToolCallIds _calls;

    /// <param name="run">The run.</param>
    /// <param name="openParts">The parts that are open where the reader resumes.</param>
    public TokenfallFormatter(Run run, IReadOnlyList<OpenPart> openParts)
    {
        _run = run;
        _calls = new ToolCallIds(openParts);
    }

    // How long a native EventSource waits before it reconnects.
    public void WritePreamble(IBufferWriter<byte> output) => output.Write("retry: 1000\n\n"u8);

    public void WriteHeartbeat(IBufferWriter<byte> output) => output.Write(": \n\n"u8);

    public bool WriteQueued(IBufferWriter<byte> output, int position, int after)
    {
        Span<byte> json = stackalloc byte[32];
        var length = 0;
        Put(json, ref length, "{\"position\":"u8);
        PutNumber(json, ref length, position);
        Put(json, ref length, "}"u8);
        WriteWhole(output, "event: queued\ndata: "u8, json[..length], after);
        return true;
    }

    public bool WriteFrame(IBufferWriter<byte> output, in RunFrame frame)
    {
        switch (frame.Kind)
        {
            case EventKind.Text:
                Write(output, frame, "event: delta\ndata: {\"text\":\""u8, default, "\""u8);
                break;
            case EventKind.Reasoning:
                Write(output, frame, "event: thinking\ndata: {\"text\":\""u8, default, "\""u8);
                break;
            case EventKind.ToolStart:
                _calls.Begin(frame.Part, frame.Payload);
                Write(output, frame, "event: tool_input\ndata: "u8, default, ",\"text\":\"\""u8, isObject: true);
                break;
            case EventKind.ToolInput:
                Write(output, frame, "event: tool_input\ndata: {\"id\":"u8, _calls.IdOf(frame.Part), "\""u8, beforePayload: ",\"text\":\""u8);
                break;
            case EventKind.ToolCall:
                _calls.End(frame.Part);
                Write(output, frame, "event: tool_call\ndata: "u8, default, default, isObject: true);
                break;
            case EventKind.ToolResult:
                Write(output, frame, "event: tool_result\ndata: "u8, default, default, isObject: true);
                break;
            case EventKind.Source:
                Write(output, frame, "event: source\ndata: "u8, default, default, isObject: true);
                break;
            case EventKind.File:
                Write(output, frame, "event: file\ndata: "u8, default, default, isObject: true);
                break;
            case EventKind.Data:
                Write(output, frame, "event: data\ndata: "u8, default, default, isObject: true);
                break;
            case EventKind.Start:
                WriteWhole(output, "event: start\ndata: "u8, StartJson.Of(_run), frame.Number);
                break;
            case EventKind.Done:
                WriteWhole(output, "event: done\ndata: "u8, EndJson.Of(_run), frame.Number);
                break;
            case EventKind.Error:
                WriteWhole(output, "event: error\ndata: "u8, EndJson.Of(_run), frame.Number);
                break;
            default:
                return false;
        }
        return true;
    }

    // One object: a prefix, the payload as it stands in the log, a suffix, the part, and the id.
    private void Write(
        IBufferWriter<byte> output, in RunFrame frame, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> id, ReadOnlySpan<byte> suffix,
        ReadOnlySpan<byte> beforePayload = default, bool isObject = false)
    {
        var payload = frame.Payload.Span;
        // Its closing brace comes after the part.
        if (isObject) payload = payload[..^1];
        var span = output.GetSpan(payload.Length + id.Length + LongestEnvelope);
        var length = 0;
        Put(span, ref length, prefix);
        Put(span, ref length, id);
        Put(span, ref length, beforePayload);
        Put(span, ref length, payload);
        Put(span, ref length, suffix);
        // Only from the second part of its kind on: clients that know nothing of parts never see it in a plain answer.
        if (frame.Part > 1)
        {
            Put(span, ref length, ",\"part\":"u8);
            PutNumber(span, ref length, frame.Part);
        }
        Put(span, ref length, "}"u8);
        PutId(span, ref length, frame.Number);
        output.Advance(length);
    }

    private void WriteWhole(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> json, int number)
    {
        var span = output.GetSpan(json.Length + LongestEnvelope);
        var length = 0;
        Put(span, ref length, prefix);
        Put(span, ref length, json);
        PutId(span, ref length, number);
        output.Advance(length);
    }

    private void PutId(Span<byte> span, ref int length, int number)
    {
        Put(span, ref length, "\nid: "u8);
        Put(span, ref length, _run.IdUtf8.Span);
        Put(span, ref length, "."u8);
        PutNumber(span, ref length, number);
        Put(span, ref length, "\n\n"u8);
    }

    private static void PutNumber(Span<byte> span, ref int length, int number)
    {
        Utf8Formatter.TryFormat(number, span[length..], out var digits);
        length += digits;
    }

    private static void Put(Span<byte> span, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[length..]);
        length += bytes.Length;
    }
}
