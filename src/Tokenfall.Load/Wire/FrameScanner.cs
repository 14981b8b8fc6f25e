using System.Text;

namespace Tokenfall.Load;

/// <summary>
/// Finds the events of a stream that arrives in pieces (HTML standard, section 9.2.6; of several data lines in one event it keeps the
/// last). Copies only the unfinished end of a piece.
/// </summary>
/// <param name="sink">Receives the events.</param>
/// <param name="strict">Whether CRLF, and lines that are no fields of an event, such as HTML from a proxy, are problems.</param>
public sealed class FrameScanner(IFrameSink sink, bool strict = true) : IBodySink
{
    private byte[] _rest = [];
    private int _length;

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> body)
    {
        if (_length == 0)
        {
            Keep(Scan(body));
            return;
        }
        Append(body);
        Keep(Scan(_rest.AsSpan(0, _length)));
    }

    /// <inheritdoc/>
    public void Fail(string problem) => sink.Fail(problem);

    private ReadOnlySpan<byte> Scan(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0, length; (length = bytes[at..].IndexOf((byte)'\n')) >= 0;)
        {
            var isEmpty = length == 0 || (length == 1 && bytes[at] == '\r');
            at += length + 1;
            if (!isEmpty) continue;
            Read(bytes[..at]);
            bytes = bytes[at..];
            at = 0;
        }
        return bytes;
    }

    private void Read(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> id = default, name = default, data = default;
        for (int end; (end = block.IndexOf((byte)'\n')) >= 0; block = block[(end + 1)..])
        {
            var line = block[..end];
            if (!strict && line.EndsWith("\r"u8)) line = line[..^1];
            if (line.StartsWith("data:"u8)) data = Value(line[5..]);
            else if (line.StartsWith("id:"u8)) id = Value(line[3..]);
            else if (line.StartsWith("event:"u8)) name = Value(line[6..]);
            else if (line.StartsWith(":"u8)) sink.OnComment();
            else if (strict && !line.IsEmpty && !line.StartsWith("retry:"u8)) sink.Fail($"a line that is not part of an event stream: {Encoding.UTF8.GetString(line)}");
        }
        if (!data.IsEmpty) sink.OnFrame(new SseFrame { Id = id, Event = name, Data = data });
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> field) => field.StartsWith(" "u8) ? field[1..] : field;

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _rest.Length) _rest = new byte[Math.Max(512, rest.Length * 2)];
        rest.CopyTo(_rest);
        _length = rest.Length;
    }

    private void Append(ReadOnlySpan<byte> body)
    {
        if (_length + body.Length > _rest.Length) Array.Resize(ref _rest, (_length + body.Length) * 2);
        body.CopyTo(_rest.AsSpan(_length));
        _length += body.Length;
    }
}
