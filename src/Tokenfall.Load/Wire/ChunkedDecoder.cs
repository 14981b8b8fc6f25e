namespace Tokenfall.Load;

/// <summary>Decodes the chunked transfer coding of an HTTP/1.1 body (RFC 9112, section 7.1) that arrives in any pieces. Allocates nothing.</summary>
internal sealed class ChunkedDecoder(IBodySink sink)
{
    private const int Size = 0, Extension = 1, Data = 2, AfterData = 3, Trailer = 4, End = 5;

    // Sixteen times as much still fits an int.
    private const int MaxChunkSize = 64 * 1024 * 1024;

    private int _state;
    private int _left;
    private bool _lineIsEmpty = true;

    /// <summary>Whether the last chunk has arrived: the body is complete and was not cut.</summary>
    public bool IsComplete => _state == End;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _state != End) bytes = bytes[(_state == Data ? ReadData(bytes) : ReadByte(bytes[0]))..];
    }

    private int ReadData(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(_left, bytes.Length);
        sink.Feed(bytes[..length]);
        if ((_left -= length) == 0) _state = AfterData;
        return length;
    }

    private int ReadByte(byte next)
    {
        if (next == '\n') EndLine();
        else if (next == ';' && _state == Size) _state = Extension;
        else if (next != '\r')
        {
            _lineIsEmpty = false;
            if (_state == Size) AddDigit(next);
        }
        return 1;
    }

    // The chunk of size 0 is followed by trailer fields, if any, and an empty line.
    private void EndLine()
    {
        _state = _state switch
        {
            Size or Extension => _left == 0 ? Trailer : Data,
            AfterData => Size,
            _ => _lineIsEmpty ? End : Trailer,
        };
        _lineIsEmpty = true;
    }

    private void AddDigit(byte digit)
    {
        if (_left > MaxChunkSize)
        {
            sink.Fail($"a chunk of more than {MaxChunkSize} bytes");
            _left = 0;
        }
        _left = _left * 16 + HexValue(digit);
    }

    private int HexValue(byte digit)
    {
        if (char.IsAsciiHexDigit((char)digit)) return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        sink.Fail($"a chunk size with the character 0x{digit:x2}");
        return 0;
    }
}
