using System.Runtime.CompilerServices;

namespace Tokenfall;

/// <summary>Passes an event stream on and refuses one whose events do not end: a parser would hold such an event in memory for ever.</summary>
/// <remarks>
/// Counts from blank line to blank line, so one endless line and endlessly many lines are both caught. On the way it turns
/// <c>event:</c> lines into comments: the parser would make a string of every name, and the type inside the data decides anyway.
/// </remarks>
internal sealed class BoundedEvents(Stream inner, int limit) : Stream
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private int _event;
    private int _line;
    private bool _afterReturn;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }

    private void Count(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny(CarriageReturn, LineFeed);
            var text = end < 0 ? bytes.Length : end;
            // Only the first byte of a line is looked at, so it does not matter where the bytes are cut. No other field begins so.
            if (_line == 0 && text > 0 && bytes[0] == (byte)'e') bytes[0] = (byte)':';
            _line += text;
            _event += text;
            if (_event > limit) throw new InvalidDataException($"An event is longer than {limit} bytes.");
            if (text > 0) _afterReturn = false;
            if (end < 0) return;
            EndLine(bytes[end]);
            bytes = bytes[(end + 1)..];
        }
    }

    // CR, LF and CRLF each end a line, wherever the bytes are cut.
    private void EndLine(byte character)
    {
        var secondHalf = character == LineFeed && _afterReturn;
        _afterReturn = character == CarriageReturn;
        if (secondHalf) return;
        if (_line == 0) _event = 0;
        _line = 0;
    }
}
