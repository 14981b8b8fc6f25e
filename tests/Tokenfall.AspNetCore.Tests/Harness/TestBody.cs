using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A response body that tells what was done to it, and can break, or wait, in a way that no server documents.</summary>
internal sealed class TestBody(IHttpResponseBodyFeature body, int flushes = int.MaxValue, Func<long, Func<ValueTask>, ValueTask>? around = null) : IHttpResponseBodyFeature
{
    public Stream Stream => body.Stream;

    public PipeWriter Writer { get; } = new TestWriter(body.Writer, flushes, around);

    public bool BufferingIsDisabled { get; private set; }

    public void DisableBuffering()
    {
        BufferingIsDisabled = true;
        body.DisableBuffering();
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        body.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => body.CompleteAsync();

    private sealed class TestWriter(PipeWriter writer, int flushes, Func<long, Func<ValueTask>, ValueTask>? around) : PipeWriter
    {
        private int _flushes;

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => writer.UnflushedBytes;

        public override void Advance(int bytes) => writer.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => writer.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (++_flushes > flushes) throw new NotSupportedException("This body is broken.");
            if (around is null) return await writer.FlushAsync(cancellationToken);
            FlushResult result = default;
            await around(writer.UnflushedBytes, async () => result = await writer.FlushAsync(cancellationToken));
            return result;
        }

        public override void CancelPendingFlush() => writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => writer.Complete(exception);
    }
}
