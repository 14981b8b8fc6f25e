using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Bench.Serve;

/// <summary>An answer of the Messages API with the numbered tokens of <see cref="NumbersModel"/>, written by hand.</summary>
internal static class PacedAnswer
{
    private const string Opening =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"bench\","
        + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private const string Closing =
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private const int MaxFrameLength = 256;

    public static async Task WriteAsync(HttpContext context, int tokens, int perSecond)
    {
        var body = await OpenAsync(context);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < tokens && await pace.WaitForNextTickAsync(context.RequestAborted);)
        {
            // A model does not wait for a busy client: what became due meanwhile is sent at once.
            var due = Math.Min(tokens, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            if (sent == due) continue;
            for (; sent < due; sent++) Send(body, sent);
            await body.FlushAsync(context.RequestAborted);
        }
        await body.WriteAsync(Encoding.ASCII.GetBytes(Closing));
    }

    /// <summary>Begins an answer.</summary>
    /// <returns>Where to write its events.</returns>
    public static async Task<PipeWriter> OpenAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        await context.Response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(Opening));
        return context.Response.BodyWriter;
    }

    private static void Send(PipeWriter body, int token)
    {
        Utf8.TryWrite(body.GetSpan(MaxFrameLength), CultureInfo.InvariantCulture,
            $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{token}@{Stopwatch.GetTimestamp()};\"}}}}\n\n",
            out var length);
        body.Advance(length);
    }
}
