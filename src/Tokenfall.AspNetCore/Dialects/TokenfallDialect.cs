using System.Buffers;
using System.Buffers.Text;

namespace Tokenfall.AspNetCore;

/// <summary>Tokenfall's own dialect: <c>id</c>, <c>event</c> and one line of JSON <c>data</c>, ended by LF (HTML standard, section 9.2.5).</summary>
internal sealed class TokenfallDialect(Run run) : IDialect
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
        Put(span, ref length, "id: "u8);
        Put(span, ref length, run.IdUtf8.Span);
        Put(span, ref length, "."u8);
        Utf8Formatter.TryFormat(frame.Number, span[length..], out var digits);
        length += digits;
        Put(span, ref length, Before(frame.Kind));
        Put(span, ref length, payload);
        Put(span, ref length, frame.Kind.IsText() ? "\"}\n\n"u8 : "\n\n"u8);
        output.Advance(length);
    }

    private static ReadOnlySpan<byte> Before(EventKind kind) => kind switch
    {
        EventKind.Start => "\nevent: start\ndata: "u8,
        EventKind.Delta => "\nevent: delta\ndata: {\"text\":\""u8,
        EventKind.Thinking => "\nevent: thinking\ndata: {\"text\":\""u8,
        EventKind.ToolCall => "\nevent: tool_call\ndata: "u8,
        EventKind.ToolResult => "\nevent: tool_result\ndata: "u8,
        EventKind.Done => "\nevent: done\ndata: "u8,
        EventKind.Error => "\nevent: error\ndata: "u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no spelling in Tokenfall's dialect."),
    };

    private static void Put(Span<byte> span, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[length..]);
        length += bytes.Length;
    }
}
