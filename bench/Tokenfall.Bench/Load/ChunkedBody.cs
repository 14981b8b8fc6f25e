namespace Tokenfall.Bench.Load;

/// <summary>Takes the chunks off an HTTP/1.1 body (RFC 9112, section 7.1), in whatever pieces it comes.</summary>
internal sealed class ChunkedBody(IBodySink sink)
{
    private const int Size = 0, Data = 1, AfterData = 2, Trailer = 3, Over = 4;

    private int _state;
    private int _left;

    /// <summary>Whether the last chunk came: the body ended and was not cut.</summary>
    public bool IsComplete => _state == Over;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _state != Over) bytes = bytes[Take(bytes)..];
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        if (_state == Data)
        {
            var length = Math.Min(_left, bytes.Length);
            sink.Feed(bytes[..length]);
            if ((_left -= length) == 0) _state = AfterData;
            return length;
        }
        var next = bytes[0];
        if (next == '\n') _state = _state switch { Size => _left == 0 ? Trailer : Data, AfterData => Size, _ => Over };
        else if (_state == Size && next != '\r') _left = _left * 16 + Convert.ToInt32(((char)next).ToString(), 16);
        return 1;
    }
}
