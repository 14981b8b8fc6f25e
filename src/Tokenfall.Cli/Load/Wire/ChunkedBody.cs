namespace Tokenfall.Cli.Load;

/// <summary>Takes the chunks off an HTTP/1.1 body (RFC 9112, section 7.1), in whatever pieces it comes. Allocates nothing.</summary>
internal sealed class ChunkedBody(IBodySink sink)
{
    private const int Size = 0, Extension = 1, Data = 2, AfterData = 3, Trailer = 4, Over = 5;

    // Sixteen times that is still a number.
    private const int LargestChunk = 64 * 1024 * 1024;

    private int _state;
    private int _left;
    private bool _lineIsEmpty = true;

    /// <summary>Whether the last chunk came: the body ended and was not cut.</summary>
    public bool IsComplete => _state == Over;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _state != Over) bytes = bytes[(_state == Data ? TakeData(bytes) : TakeByte(bytes[0]))..];
    }

    private int TakeData(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(_left, bytes.Length);
        sink.Feed(bytes[..length]);
        if ((_left -= length) == 0) _state = AfterData;
        return length;
    }

    private int TakeByte(byte next)
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
            _ => _lineIsEmpty ? Over : Trailer,
        };
        _lineIsEmpty = true;
    }

    private void AddDigit(byte digit)
    {
        if (_left > LargestChunk)
        {
            sink.Fail($"a chunk of more than {LargestChunk} bytes");
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
