namespace Tokenfall;

/// <summary>What a response's body is copied to: it takes what arrives into the run.</summary>
/// <remarks>
/// Copied rather than read, because for each piece that has to be waited for HttpClient then makes one object less, the larger of two,
/// and because one cancellation serves the whole answer. What a write brings reaches readers in one piece, and before the next is waited
/// for: a handler's body may block in that.
/// </remarks>
internal sealed class ResponseBodySink(RunWriter writer, MessageEventHandler message, int largestEvent) : Stream
{
    private readonly SseEventReader _events = new(largestEvent);

    /// <summary>Whether the last event was there. A copy has no other end than its source's or a failure, so the write that sees it fails.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The error that the body holds without being an event; <see cref="ProviderError.None"/> where it holds none.</summary>
    public ProviderError UnframedError => ProviderError.Parse(_events.Unframed);

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="OperationCanceledException">The answer is complete.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        writer.BeginBatch();
        try
        {
            IsComplete = message.Read(_events, buffer);
        }
        finally
        {
            writer.EndBatch();
        }
        if (IsComplete) throw new OperationCanceledException("The answer is complete.");
    }

    // The token is looked at here, because a copy that always finds something to copy may not.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
