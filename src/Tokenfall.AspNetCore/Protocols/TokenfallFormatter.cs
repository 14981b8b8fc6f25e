using System.Buffers;
using System.Buffers.Text;

namespace Tokenfall.AspNetCore;

/// <summary>Tokenfall's own dialect: <c>event</c>, one line of JSON <c>data</c>, and <c>id</c>, ended by LF (HTML standard, section 9.2.5).</summary>
/// <remarks>
/// The id comes last: some clients, such as @microsoft/fetch-event-source, take it for read as soon as they see its line, and would
/// skip a frame that was cut behind it.
/// </remarks>
internal sealed class TokenfallFormatter(Run run) : IRunFormatter
{
    private const int LongestEnvelope = 128;

    // How long a native EventSource waits before it reconnects.
    public void WritePreamble(IBufferWriter<byte> output) => output.Write("retry: 1000\n\n"u8);

    public void WriteHeartbeat(IBufferWriter<byte> output) => output.Write(": \n\n"u8);

    public void WriteFrame(IBufferWriter<byte> output, in RunFrame frame)
    {
        var payload = frame.Payload.Span;
        var span = output.GetSpan(payload.Length + LongestEnvelope);
        var length = 0;
        Put(span, ref length, Before(frame.Kind));
        Put(span, ref length, payload);
        Put(span, ref length, frame.Kind.IsText() ? "\"}\nid: "u8 : "\nid: "u8);
        Put(span, ref length, run.IdUtf8.Span);
        Put(span, ref length, "."u8);
        Utf8Formatter.TryFormat(frame.Number, span[length..], out var digits);
        length += digits;
        Put(span, ref length, "\n\n"u8);
        output.Advance(length);
    }

    private static ReadOnlySpan<byte> Before(EventKind kind) => kind switch
    {
        EventKind.Start => "event: start\ndata: "u8,
        EventKind.Delta => "event: delta\ndata: {\"text\":\""u8,
        EventKind.Thinking => "event: thinking\ndata: {\"text\":\""u8,
        EventKind.ToolCall => "event: tool_call\ndata: "u8,
        EventKind.ToolResult => "event: tool_result\ndata: "u8,
        EventKind.Done => "event: done\ndata: "u8,
        EventKind.Error => "event: error\ndata: "u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no spelling in Tokenfall's dialect."),
    };

    private static void Put(Span<byte> span, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[length..]);
        length += bytes.Length;
    }
}
