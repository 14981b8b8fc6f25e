using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Writes a run to one connection, as the reader finds it in the log, until the run or the connection ends.</summary>
/// <remarks>A response that ends without a terminal event is reset, never ended cleanly: a clean end means that nothing is missing.</remarks>
internal sealed class SseResponse(HttpContext context, RunReader reader, IDialect dialect, SseClock clock)
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

    private async Task<bool> CopyAsync()
    {
        await using var gone = context.RequestAborted.UnsafeRegister(static reader => ((RunReader)reader!).Wake(), reader);
        clock.Start(reader.Wake, context.Abort);
        SseHeaders.Apply(context);
        dialect.WritePreamble(_output);
        while (true)
        {
            var complete = WriteAvailable();
            if (clock.HeartbeatIsDue && _output.UnflushedBytes == 0) dialect.WriteHeartbeat(_output);
            if (_output.UnflushedBytes > 0)
            {
                if (!await FlushAsync()) return false;
                if (complete) return true;
            }
            else if (clock.RotationIsDue)
            {
                // Only here, where the reader has all there is: the end of the run, if that is there, was written instead.
                reader.Leave(willReturn: true);
                return false;
            }
            else
            {
                await reader.WaitAsync();
            }
            if (context.RequestAborted.IsCancellationRequested) return false;
        }
    }

    /// <summary>Writes what there is, up to a bound; true when the terminal event was among it.</summary>
    private bool WriteAvailable()
    {
        while (_output.UnflushedBytes < MaxUnflushed && reader.TryRead(out var frame))
        {
            dialect.WriteFrame(_output, frame);
            if (frame.Kind.IsTerminal()) return true;
        }
        return false;
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
