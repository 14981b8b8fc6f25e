using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Writes a run to one connection, as the reader finds it in the log, until the run or the connection ends.</summary>
/// <remarks>A response that ends without a terminal event is reset, never ended cleanly: a clean end means that nothing is missing.</remarks>
internal sealed class SseResponse(HttpContext context, RunReader reader, IDialect dialect, SseClock clock) : IDisposable
{
    // Bounds what a reader far behind makes the server hold for its connection.
    private const int MaxUnflushed = 16 * 1024;

    private readonly PipeWriter _output = context.Response.BodyWriter;

    public async Task WriteAsync()
    {
        var complete = false;
        try
        {
            complete = await CopyAsync();
        }
        finally
        {
            // Also after an exception: middleware further out may swallow it and end the response cleanly.
            if (!complete) context.Abort();
        }
    }

    public void Dispose() => clock.Dispose();

    private async Task<bool> CopyAsync()
    {
        await using var gone = context.RequestAborted.UnsafeRegister(static reader => ((RunReader)reader!).Wake(), reader);
        clock.Start(reader.Wake, context.Abort);
        SseHeaders.Apply(context);
        dialect.WritePreamble(_output);
        while (true)
        {
            var more = WriteAvailable(out var complete);
            if (clock.HeartbeatIsDue && _output.UnflushedBytes == 0) dialect.WriteHeartbeat(_output);
            if (_output.UnflushedBytes > 0 && !await FlushAsync()) return false;
            if (complete) return true;
            // Between two frames, and never instead of the last one.
            if (clock.RotationIsDue || context.RequestAborted.IsCancellationRequested) return false;
            if (!more) await reader.WaitAsync();
        }
    }

    private bool WriteAvailable(out bool complete)
    {
        complete = false;
        while (_output.UnflushedBytes < MaxUnflushed)
        {
            if (!reader.TryRead(out var frame)) return false;
            dialect.WriteFrame(_output, frame);
            complete = frame.Kind.IsTerminal();
            if (complete) return false;
        }
        return true;
    }

    private async ValueTask<bool> FlushAsync()
    {
        clock.FlushBegins();
        try
        {
            var flushed = await _output.FlushAsync();
            return !flushed.IsCompleted && !flushed.IsCanceled;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            clock.FlushEnds();
        }
    }
}
