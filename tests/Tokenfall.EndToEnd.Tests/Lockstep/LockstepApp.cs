using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokenfall.EndToEnd.Tests.Lockstep;

/// <summary>
/// An application whose stream goes on only when the test says so. A test that releases an event only after it has
/// received the one before can pass on no path that holds events back.
/// </summary>
internal sealed class LockstepApp : IAsyncDisposable
{
    public const string StreamPath = "/ask/stream";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly Channel<Event> _released = Channel.CreateUnbounded<Event>();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private readonly bool _saysNoBuffering;

    private LockstepApp(bool saysNoBuffering)
    {
        _saysNoBuffering = saysNoBuffering;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet(StreamPath, StreamAsync);
        _app.MapGet("/", (HttpContext context) => See(context, Results.Content(LockstepPage.Html, "text/html")));
        _app.MapPost("/", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            return See(context, Results.Ok());
        });
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The requests to the page, in order.</summary>
    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    /// <summary>Completes when the application learns that its reader has left.</summary>
    public Task Aborted => _aborted.Task;

    /// <param name="saysNoBuffering">Whether the response carries <c>X-Accel-Buffering: no</c>.</param>
    public static async Task<LockstepApp> StartAsync(bool saysNoBuffering = false)
    {
        var app = new LockstepApp(saysNoBuffering);
        await app._app.StartAsync();
        return app;
    }

    /// <summary>Lets the stream send one more event. Completes when the event has left the application.</summary>
    public Task ReleaseAsync(string data)
    {
        var released = new Event(data, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _released.Writer.TryWrite(released);
        return released.Sent.Task.WaitAsync(TimeLimit);
    }

    /// <summary>Lets the stream end once all released events are sent.</summary>
    public void End() => _released.Writer.TryComplete();

    /// <summary>Breaks the stream off once all released events are sent, as a crash would.</summary>
    public void Cut() => _released.Writer.TryComplete(new IOException("The test cuts the stream."));

    public async ValueTask DisposeAsync()
    {
        End();
        await _app.DisposeAsync();
    }

    private IResult See(HttpContext context, IResult result)
    {
        Seen.Enqueue(SeenRequest.From(context));
        return result;
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        if (_saysNoBuffering)
            context.Response.Headers["X-Accel-Buffering"] = "no";

        try
        {
            // A comment goes with the headers: over HTTP/2, nginx keeps headers back until some body follows them.
            await WriteAsync(context, ":\n\n");
            await foreach (var released in _released.Reader.ReadAllAsync(context.RequestAborted))
            {
                await WriteAsync(context, $"data: {released.Data}\n\n");
                released.Sent.TrySetResult();
            }
        }
        finally
        {
            // Here, not in a callback of the token: leaving the method could take that back before its turn.
            if (context.RequestAborted.IsCancellationRequested) _aborted.TrySetResult();
        }
    }

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private sealed record Event(string Data, TaskCompletionSource Sent);
}
