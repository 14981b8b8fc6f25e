using System.Text;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Wraps a connection and records when the request is written, and the head of the response as it was spelled.</summary>
internal sealed class CapturingStream(Stream connection, TimeProvider time) : Stream
{
    private const int MaxHeadLength = 32 * 1024;

    private readonly MemoryStream _head = new();

    /// <summary>The timestamp of the request's first byte; 0 before it is written.</summary>
    public long RequestSentAt { get; private set; }

    /// <summary>The header lines of an HTTP/1.1 response, as they arrived.</summary>
    public IEnumerable<KeyValuePair<string, string>> HeaderLines()
    {
        var text = Encoding.Latin1.GetString(_head.GetBuffer(), 0, (int)_head.Length);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Split("\r\n").Skip(1)
            .Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0], parts[1].Trim()));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await connection.ReadAsync(buffer, cancellationToken);
        if (_head.Length < MaxHeadLength) _head.Write(buffer.Span[..read]);
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (RequestSentAt == 0) RequestSentAt = time.GetTimestamp();
        return connection.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) connection.Dispose();
        base.Dispose(disposing);
    }
}
