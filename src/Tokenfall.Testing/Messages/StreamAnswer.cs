using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Tokenfall.Testing.Calls;
using Tokenfall.Testing.Pacing;
using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing.Messages;

/// <summary>Plays one script as one SSE response: its pace, its gate, its fault.</summary>
internal sealed class StreamAnswer(
    HttpContext context, ModelCall call, ModelScript script, PacedWait wait, TimeProvider time, TrafficCount traffic)
{
    // At full speed so much goes out at once: enough to be cheap, little enough that a disconnect is noticed soon.
    private const int Burst = 8 * 1024;

    private readonly ScriptFrames _frames = ScriptFrames.Of(script);
    private readonly PipeWriter _body = context.Response.BodyWriter;
    private long _origin;

    internal static string MessageId(ModelCall call) => call.RequestId.Replace("req_", "msg_", StringComparison.Ordinal);

    internal async Task SendAsync(string model)
    {
        traffic.StreamBegins();
        try
        {
            await PlayAsync(model).ConfigureAwait(false);
        }
        finally
        {
            traffic.StreamEnds();
        }
    }

    private async Task PlayAsync(string model)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false); // Kestrel's body writer is only complete then
        EventFrames.MessageStart(_body, MessageId(call), model, script.InputTokens);
        _body.Write(_frames.Opening);
        await FlushAsync().ConfigureAwait(false);

        var fault = script.Fault as StreamFault;
        var end = Math.Min(fault?.AfterTokens ?? int.MaxValue, _frames.Tokens);
        await SendTokensAsync(end).ConfigureAwait(false);
        await (fault is null ? CompleteAsync() : FailAsync(fault, end)).ConfigureAwait(false);
    }

    private async Task SendTokensAsync(int end)
    {
        _origin = time.GetTimestamp();
        var gate = script.Hold is { IsOpen: false } ? Math.Min(script.Hold.BeforeToken, _frames.Tokens) : int.MaxValue;
        var next = 0;
        while (true)
        {
            if (next == gate)
            {
                await PassGateAsync().ConfigureAwait(false);
                gate = int.MaxValue;
            }

            if (next >= end)
                return;
            var limit = Math.Min(end, gate);
            var due = Math.Min(limit, TokensDue());
            if (due <= next)
            {
                await wait.UntilAsync(_origin, script.DueTime(next)).ConfigureAwait(false);
                due = next + 1;
            }

            var to = _frames.Fit(next, due, Burst);
            call.Sent(to);
            Write(_frames.Slice(next, to));
            await FlushAsync().ConfigureAwait(false);
            traffic.Tokens(to - next);
            next = to;
        }
    }

    private void Write(ReadOnlySpan<byte> frames)
    {
        var span = _body.GetSpan(frames.Length);
        frames.CopyTo(span);
        if (script.IsStamped)
            StampedTokens.Fill(span[..frames.Length], time.GetTimestamp());
        _body.Advance(frames.Length);
    }

    private int TokensDue()
    {
        var since = time.GetElapsedTime(_origin) - script.FirstTokenDelay;
        if (since < TimeSpan.Zero)
            return 0;
        return script.TokensPerSecond is { } rate ? 1 + (int)Math.Min(int.MaxValue - 1, since.TotalSeconds * rate) : int.MaxValue;
    }

    private async Task PassGateAsync()
    {
        var arrived = time.GetTimestamp();
        await script.Hold!.PassAsync(context.RequestAborted).ConfigureAwait(false);
        _origin += time.GetTimestamp() - arrived;
    }

    private async Task CompleteAsync()
    {
        call.WillEnd(ModelCallOutcome.Completed);
        _body.Write(_frames.Closing);
        await context.Response.CompleteAsync().ConfigureAwait(false);
    }

    private async Task FailAsync(StreamFault fault, int sent)
    {
        if (fault is StallFault stall)
            await StallAsync(stall).ConfigureAwait(false);

        call.WillEnd(ModelCallOutcome.Faulted);
        switch (fault)
        {
            case InBandErrorFault error:
                EventFrames.Error(_body, error.ErrorType, error.Message);
                break;
            case EndInsideEventFault:
                var cut = sent < _frames.Tokens ? _frames.Slice(sent, sent + 1) : _frames.Closing;
                _body.Write(cut[..^5]); // inside the JSON of the last event
                break;
            case GarbageFault:
                _body.Write("<html>502 Bad Gateway\0\xff\n\n"u8);
                _body.Write("event: content_block_delta\ndata: {\"type\":<"u8);
                _body.Write<byte>([0xC3, 0x28, 0xFF, 0xFE]); // never valid in UTF-8
                _body.Write(">\n\n"u8);
                break;
            case ResetFault:
                context.Abort();
                return;
        }

        await context.Response.CompleteAsync().ConfigureAwait(false);
    }

    private async Task StallAsync(StallFault stall)
    {
        if (!stall.Pings)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ConfigureAwait(false);
        while (true)
        {
            await wait.UntilAsync(time.GetTimestamp(), TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            EventFrames.Ping(_body);
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync()
    {
        var flushed = await _body.FlushAsync().ConfigureAwait(false);
        // Once the client has disconnected, writes succeed at once; the token may be cancelled only after all of them.
        if (flushed.IsCompleted)
            throw new OperationCanceledException();
        context.RequestAborted.ThrowIfCancellationRequested();
    }
}
