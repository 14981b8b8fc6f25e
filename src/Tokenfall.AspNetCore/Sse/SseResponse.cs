using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tokenfall.AspNetCore;

/// <summary>Writes a run to one connection, until the run or the connection ends.</summary>
/// <remarks>A response that ends without a terminal event is reset, never closed cleanly: a clean end means that nothing is missing.</remarks>
internal sealed class SseResponse(HttpContext context, RunReader reader, IRunFormatter formatter, ResponseDeadlines deadlines)
{
    // Limits how much the server buffers for a reader that is far behind.
    private const int MaxUnflushed = 16 * 1024;

    // The approximate size of a frame without its payload, which is most of it for small events that are not merged.
    private const int Envelope = 64;

    private readonly PipeWriter _output = context.Response.BodyWriter;
    private int? _queuePosition;

    public async Task WriteAsync()
    {
        var complete = false;
        try
        {
            complete = await CopyAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The reader disconnected; there is no one to report this to.
        }
        finally
        {
            // Also after an exception: outer middleware may swallow it and end the response cleanly.
            if (!complete) context.Abort();
        }
        // What follows is the application's code, and may block: not on the thread that brought the last frame.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private async Task<bool> CopyAsync()
    {
        // Taken once: the property takes a lock, and so does the writer's count of unflushed bytes.
        var aborted = context.RequestAborted;
        await using var gone = aborted.UnsafeRegister(static reader => ((RunReader)reader!).Wake(), reader);
        reader.NeverBlocks = WritesStraightToKestrel();
        deadlines.Start(reader.Wake, context.Abort);
        SseHeaders.Apply(context);
        formatter.WritePreamble(_output);
        var unflushed = true;
        while (true)
        {
            unflushed |= WriteAvailable(out var complete);
            unflushed |= WriteQueuePosition();
            if (deadlines.HeartbeatIsDue && !unflushed)
            {
                formatter.WriteHeartbeat(_output);
                unflushed = true;
            }
            if (unflushed)
            {
                // Here and not in a method of its own, whose state would be an object for each token that has to wait.
                deadlines.FlushBegins();
                var flushed = await _output.FlushAsync();
                deadlines.FlushEnds();
                if (flushed.IsCompleted || flushed.IsCanceled) return false;
                if (complete) return true;
                unflushed = false;
            }
            else if (deadlines.RotationIsDue)
            {
                // Only here, where the reader has all there is: the end of the run, if that is there, was written instead.
                reader.Close(willReturn: true);
                return false;
            }
            else
            {
                await reader.WaitAsync();
            }
            // Closed from outside: it has said good-bye, or has returned on another connection.
            if (aborted.IsCancellationRequested || reader.IsClosed) return false;
        }
    }

    // Kestrel's writer never blocks; one that the application put around it might.
    private bool WritesStraightToKestrel() =>
        context.Features.Get<IHttpResponseBodyFeature>()?.GetType().Assembly == typeof(KestrelServerOptions).Assembly;

    /// <summary>Writes what there is, up to a bound.</summary>
    /// <param name="complete">Whether the terminal event was among it.</param>
    /// <returns>Whether there was anything.</returns>
    private bool WriteAvailable(out bool complete)
    {
        complete = false;
        var written = 0;
        while (written < MaxUnflushed && !complete && reader.TryRead(out var frame))
        {
            if (formatter.WriteFrame(_output, frame)) written += frame.Payload.Length + Envelope;
            complete = frame.Kind.IsTerminal();
        }
        return written > 0;
    }

    private bool WriteQueuePosition()
    {
        var position = reader.QueuePosition;
        if (position == _queuePosition) return false;
        _queuePosition = position;
        return position is { } waiting && formatter.WriteQueued(_output, waiting, reader.Position);
    }
}
