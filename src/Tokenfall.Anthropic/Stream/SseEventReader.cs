using System.Buffers;

namespace Tokenfall;

/// <summary>Finds the events' data in an event stream, however its bytes are cut (HTML standard, section 9.2.6).</summary>
/// <remarks>
/// Of a name only the kind is kept, because the type inside the data decides; ids are skipped. An event that does not end is refused, be it one
/// endless line or endlessly many: it would be held in memory for ever.
/// </remarks>
internal sealed class SseEventReader(int limit)
{
    // Most events are short: the room that a long one took is not kept.
    private const int KeptRoom = 64 * 1024;

    private ArrayBufferWriter<byte> _line = new();
    private ArrayBufferWriter<byte> _data = new();
    private int _size;
    private bool _afterReturn;
    private bool _begun;
    private bool _taken;
    private byte[] _unframed = [];

    /// <summary>The name of the event that was read last.</summary>
    public SseEventName Name { get; private set; }

    /// <summary>What came last that is no event but may be a JSON object: a gateway may send an error so, whatever it calls the response.</summary>
    public ReadOnlySpan<byte> Unframed => _line.WrittenCount > 0 ? _line.WrittenSpan : _unframed;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Takes bytes up to the end of the next event.</summary>
    /// <param name="bytes">What arrived; shortened by what was taken.</param>
    /// <param name="data">The event's data; valid until the next call.</param>
    /// <returns>False when all bytes are taken and the event goes on in what arrives next.</returns>
    /// <exception cref="InvalidDataException">The event is too long.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        if (_taken) Forget();
        while (TryReadLine(ref bytes, out var line))
        {
            if (line.IsEmpty && _data.WrittenCount > 0)
            {
                _taken = true;
                // Without the last line's LF.
                data = _data.WrittenSpan[..^1];
                return true;
            }
            if (line.IsEmpty) (_size, Name) = (0, SseEventName.None);
            else if (line.StartsWith("data"u8)) AddData(line[4..]);
            else if (line.StartsWith("event"u8)) SetName(line[5..]);
            else if (line[0] == '{') _unframed = line.ToArray();
            _line.ResetWrittenCount();
        }
        data = default;
        return false;
    }

    // LF, CR and CRLF each end a line, wherever the bytes are cut.
    private bool TryReadLine(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        if (_afterReturn && !bytes.IsEmpty)
        {
            if (bytes[0] == '\n') bytes = bytes[1..];
            _afterReturn = false;
        }
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        line = end < 0 ? bytes : bytes[..end];
        if ((_size += line.Length) > limit) throw new InvalidDataException($"An event is longer than {limit} bytes.");
        if (end < 0 || _line.WrittenCount > 0)
        {
            _line.Write(line);
            line = _line.WrittenSpan;
        }
        if (end >= 0) _afterReturn = bytes[end] == '\r';
        bytes = end < 0 ? default : bytes[(end + 1)..];
        if (end >= 0 && !_begun) line = WithoutMark(line);
        return end >= 0;
    }

    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> firstLine)
    {
        _begun = true;
        return firstLine.StartsWith(ByteOrderMark) ? firstLine[ByteOrderMark.Length..] : firstLine;
    }

    private void AddData(ReadOnlySpan<byte> rest)
    {
        if (!TryGetValue(rest, out var value)) return;
        _data.Write(value);
        _data.Write("\n"u8);
    }

    private void SetName(ReadOnlySpan<byte> rest)
    {
        if (!TryGetValue(rest, out var value)) return;
        if (value.IsEmpty || value.SequenceEqual("message"u8)) Name = SseEventName.None;
        else if (value.SequenceEqual("error"u8)) Name = SseEventName.Error;
        else Name = IsPing(value) ? SseEventName.Ping : SseEventName.Other;
    }

    private static bool IsPing(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("ping"u8) || name.SequenceEqual("heartbeat"u8) || name.SequenceEqual("keepalive"u8) || name.SequenceEqual("keep-alive"u8);

    // After the field's name: nothing, or a colon, one space that may be there, and the value.
    private static bool TryGetValue(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = rest.IsEmpty ? rest : rest[1..];
        if (!value.IsEmpty && value[0] == ' ') value = value[1..];
        return rest.IsEmpty || rest[0] == ':';
    }

    private void Forget()
    {
        _taken = false;
        _size = 0;
        Name = SseEventName.None;
        Clear(ref _line);
        Clear(ref _data);
    }

    private static void Clear(ref ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > KeptRoom) buffer = new ArrayBufferWriter<byte>();
        else buffer.ResetWrittenCount();
    }
}
