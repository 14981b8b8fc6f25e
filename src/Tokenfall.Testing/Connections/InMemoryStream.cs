using System.Buffers;
using System.IO.Pipelines;

namespace Tokenfall.Testing.Connections;

/// <summary>The client's side of an in-memory connection. Disposing it closes the connection, as closing a socket does.</summary>
internal sealed class InMemoryStream(PipeReader input, PipeWriter output, Func<bool> wasReset, Action close) : Stream
{
    private int _disposed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (wasReset())
            input.CancelPendingRead(); // so that the read ends with what there is
        var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (result.Buffer.IsEmpty && wasReset())
            throw new IOException("Connection reset by peer");
        if (result.Buffer.IsEmpty && result.IsCompleted)
            return 0;
        if (buffer.IsEmpty)
        {
            input.AdvanceTo(result.Buffer.Start);
            return 0;
        }

        var length = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var part = result.Buffer.Slice(0, length);
        part.CopyTo(buffer.Span);
        input.AdvanceTo(part.End);
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!(await output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false)).IsCompleted)
                return;
        }
        catch (InvalidOperationException)
        {
            // The server has completed this side too.
        }

        throw new IOException("Broken pipe: the server has closed the connection.");
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            input.CancelPendingRead();
            close();
        }

        base.Dispose(disposing);
    }
}
