using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Tokenfall.Testing.Connections;

/// <summary>The server's side of an in-memory connection: two pipes, each holding at most as much as a small socket buffer.</summary>
internal sealed class InMemoryConnection : DefaultConnectionContext
{
    private static int _made;

    private readonly Pipe _toServer = NewPipe();
    private readonly Pipe _toClient = NewPipe();
    private readonly CancellationTokenSource _closed = new(); // never disposed: either side may close last
    private volatile bool _aborted;

    internal InMemoryConnection()
        : base($"memory-{Interlocked.Increment(ref _made)}")
    {
        Transport = new DuplexPipe(_toServer.Reader, _toClient.Writer);
        ConnectionClosed = _closed.Token;
        Client = new InMemoryStream(_toClient.Reader, _toServer.Writer, () => _aborted, Close);
    }

    internal InMemoryStream Client { get; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _aborted = true;
        _toClient.Reader.CancelPendingRead();
        Close();
    }

    public override ValueTask DisposeAsync()
    {
        _toServer.Reader.Complete();
        _toClient.Writer.Complete();
        Close();
        return base.DisposeAsync();
    }

    /// <summary>Called when either side is gone: no more requests arrive, and the server is notified.</summary>
    private void Close()
    {
        _toServer.Writer.Complete();
        ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
    }

    private static Pipe NewPipe() => new(new PipeOptions(useSynchronizationContext: false));

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
