using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Writes one probe: numbered frames at fixed intervals, each with the time at which it was written.</summary>
internal sealed class ProbeStream(HttpContext context, ProbePlan plan, ProbeRecord record, TimeProvider time)
{
    /// <summary>Writes the whole probe.</summary>
    /// <param name="cancellationToken">Cancelled when the reader disconnects or stalls, or the server stops.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the reader disconnected.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        // As it arrived: what follows changes the request for the application's compression.
        var echo = ProbeEcho.Of(context, plan.Id);
        if (plan.Bare) SseHeaders.ApplyBare(context);
        else SseHeaders.Apply(context);
        await SendAsync(Frame("hello", 0, JsonSerializer.Serialize(echo, ProbeJsonContext.Default.ProbeEcho)), cancellationToken);
        record.Wrote(tick: false, heartbeat: false);
        await BeSilentAsync(cancellationToken);
        for (var n = 1; n <= plan.Count; n++)
        {
            await UntilAsync(plan.Silence + (plan.Interval * n), cancellationToken);
            await SendAsync(Frame("tick", n, Tick(n)), cancellationToken);
            record.Wrote(tick: true, heartbeat: false);
        }
        await SendAsync(Frame("end", plan.Count + 1, End()), cancellationToken);
    }

    private async Task BeSilentAsync(CancellationToken cancellationToken)
    {
        for (var beat = plan.Heartbeat; beat > TimeSpan.Zero && beat < plan.Silence; beat += plan.Heartbeat)
        {
            await UntilAsync(beat, cancellationToken);
            await SendAsync($": {Now()}\n\n", cancellationToken);
            record.Wrote(tick: false, heartbeat: true);
        }
        await UntilAsync(plan.Silence, cancellationToken);
    }

    // Relative to the start, not to the last write: a late tick does not shift the following ones.
    private async Task UntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        // A timer counts coarse ticks of the kernel's, and may fire a few milliseconds early.
        for (TimeSpan wait; (wait = due - record.Elapsed) > TimeSpan.Zero;)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        var output = context.Response.BodyWriter;
        Encoding.UTF8.GetBytes(text, output);
        var flushed = await output.FlushAsync(cancellationToken);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new OperationCanceledException("The reader disconnected.");
    }

    private string Frame(string type, int n, string data) => $"event: {type}\ndata: {data}\nid: {plan.Id}.{n}\n\n";

    // Random, so that compression cannot hide how much data is held back.
    private string Tick(int n) => $$"""{"n":{{n}},"ms":{{Now()}},"padding":"{{RandomNumberGenerator.GetHexString(plan.Padding, lowercase: true)}}"}""";

    private string End() => $$"""{"n":{{plan.Count + 1}},"ms":{{Now()}},"ticks":{{record.Ticks}},"heartbeats":{{record.Heartbeats}}}""";

    private string Now() => record.Elapsed.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
