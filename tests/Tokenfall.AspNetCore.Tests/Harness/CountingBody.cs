using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A response body without a connection, which allocates nothing: it counts its flushes, and forgets what it was given.</summary>
internal sealed class CountingBody : PipeWriter, IHttpResponseBodyFeature
{
    private readonly byte[] _room = new byte[64 * 1024];
    private int _filled;

    /// <summary>How often it was flushed with something in it.</summary>
    public int Flushes { get; private set; }

    public Stream Stream => throw new NotSupportedException("Written by the pipe only.");

    public PipeWriter Writer => this;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _room.AsMemory(_filled);

    public override Span<byte> GetSpan(int sizeHint = 0) => _room.AsSpan(_filled);

    public override void Advance(int bytes) => _filled += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_filled > 0) Flushes++;
        _filled = 0;
        return new ValueTask<FlushResult>(default(FlushResult));
    }

    public override void CancelPendingFlush() { }

    public override void Complete(Exception? exception = null) { }

    public void DisableBuffering() { }

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Written by the pipe only.");

    public Task CompleteAsync() => Task.CompletedTask;
}
