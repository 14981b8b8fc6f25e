namespace Tokenfall.Tests;

/// <summary>A response's body that comes in given pieces and then ends as told.</summary>
internal sealed class ScriptedBody(IEnumerable<ReadOnlyMemory<byte>> pieces, BodyEnding ending = BodyEnding.Close) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _piece;

    public ScriptedBody(byte[] bytes, BodyEnding ending = BodyEnding.Close) : this([bytes], ending) { }

    /// <summary>Completes when everything was read and the reader waits for more.</summary>
    public Task Waiting => _waiting.Task;

    public Task Disposed => _disposed.Task;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_piece.IsEmpty && _pieces.MoveNext()) _piece = _pieces.Current;
        if (_piece.IsEmpty) return EndAsync(cancellationToken);
        var length = Math.Min(buffer.Length, _piece.Length);
        _piece[..length].CopyTo(buffer);
        _piece = _piece[length..];
        return ValueTask.FromResult(length);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }

    private async ValueTask<int> EndAsync(CancellationToken cancellationToken)
    {
        if (ending == BodyEnding.Close) return 0;
        if (ending == BodyEnding.Break) throw new IOException("Connection reset by peer");
        _waiting.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return 0;
    }
}
