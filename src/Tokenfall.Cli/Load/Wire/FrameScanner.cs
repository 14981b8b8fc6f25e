using System.Text;

namespace Tokenfall.Cli.Load;

/// <summary>Finds events, framed by LF, in a body that comes in pieces. Copies only what a piece leaves unfinished.</summary>
/// <param name="sink">Takes the events.</param>
/// <param name="strict">Whether a line that is no field of an event, such as HTML from a proxy, is a problem.</param>
internal sealed class FrameScanner(IFrameSink sink, bool strict = true) : IBodySink
{
    private byte[] _rest = [];
    private int _length;

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

    public void Fail(string problem) => sink.Fail(problem);

    private ReadOnlySpan<byte> Scan(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOf("\n\n"u8)) >= 0; bytes = bytes[(end + 2)..]) Read(bytes[..end]);
        return bytes;
    }

    private void Read(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> id = default, name = default, data = default;
        while (!block.IsEmpty)
        {
            var end = block.IndexOf((byte)'\n');
            var line = end < 0 ? block : block[..end];
            block = end < 0 ? default : block[(end + 1)..];
            if (line.StartsWith("data: "u8)) data = line[6..];
            else if (line.StartsWith("id: "u8)) id = line[4..];
            else if (line.StartsWith("event: "u8)) name = line[7..];
            else if (strict && !line.StartsWith(":"u8) && !line.StartsWith("retry: "u8)) sink.Fail($"a line that does not belong there: {Encoding.UTF8.GetString(line)}");
        }
        if (!data.IsEmpty) sink.OnFrame(new SseFrame { Id = id, Event = name, Data = data });
    }

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
