using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Doctor.Tests.Origin;

/// <summary>Streams that are paced by hand, so that a path can be looked at without the product's own probe.</summary>
internal sealed class PlainStreams
{
    public const string Paced = "/ask/stream/plain/paced";
    public const string Echo = "/ask/stream/plain/echo";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _left = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ended = new();
    private readonly ConcurrentDictionary<string, int> _serial = new();

    /// <summary>Completes with the time stamp at which the application learns that the reader of a stream has left.</summary>
    public Task<long> Left(string name) => Leaving(name).Task;

    /// <summary>Completes when the application has sent all of a stream, with or without readers.</summary>
    public Task Ended(string name) => Ending(name).Task;

    public void Map(WebApplication app)
    {
        app.MapMethods(Paced, ["GET", "POST"], StreamAsync);
        app.MapMethods(Echo, ["GET", "POST"], EchoAsync);
    }

    private TaskCompletionSource<long> Leaving(string name) =>
        _left.GetOrAdd(name, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource Ending(string name) =>
        _ended.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    // ?name=&count=&pace=&silence=&beat=: events at a pace (ms), then silence for a while (ms), with or without heartbeats.
    private async Task StreamAsync(HttpContext context)
    {
        int Number(string name) => int.Parse(context.Request.Query[name].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        TimeSpan Milliseconds(string name) => TimeSpan.FromMilliseconds(Number(name));
        var name = context.Request.Query["name"].ToString();
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        using var _ = context.RequestAborted.Register(() => Leaving(name).TrySetResult(Stopwatch.GetTimestamp()));
        try
        {
            await SendAsync(response, $": stream {_serial.AddOrUpdate(name, 1, (_, before) => before + 1)}");
            for (var i = 0; i < Number("count"); i++)
            {
                await Task.Delay(Milliseconds("pace"), TimeProvider.System, context.RequestAborted);
                await SendAsync(response, $"data: {i} {Stopwatch.GetTimestamp()} {Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}");
            }

            var (silence, beat) = (Milliseconds("silence"), Milliseconds("beat"));
            var step = beat > TimeSpan.Zero ? beat : silence;
            for (var passed = TimeSpan.Zero; passed < silence; passed += step)
            {
                await Task.Delay(step, TimeProvider.System, context.RequestAborted);
                if (step == beat) await SendAsync(response, ": beat");
            }

            await SendAsync(response, "data: end");
            Ending(name).TrySetResult();
        }
        catch (OperationCanceledException)
        {
            // Its reader has left; the callback said when.
        }
    }

    private static Task EchoAsync(HttpContext context) => context.Response.WriteAsync(string.Join('\n',
        context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")
            .Prepend($"{context.Request.Protocol} {context.Connection.Id}")));

    private static async Task SendAsync(HttpResponse response, string line)
    {
        await response.WriteAsync(line + "\n\n", response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }
}
