using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Serve;

/// <summary>The baseline: an endpoint that sends headers and one event, and then waits. Any framework on Kestrel costs at least this.</summary>
internal static class PlainServer
{
    public static WebApplication Build()
    {
        var app = TokenfallServer.Bare().Build();
        app.MapGet(Requests.Path, StreamAsync);
        ControlEndpoints.Map(app);
        return app;
    }

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync("id: plain.1\nevent: start\ndata: {}\n\n"u8.ToArray());
        await context.Response.Body.FlushAsync();
        var gone = new TaskCompletionSource();
        await using var leaving = context.RequestAborted.UnsafeRegister(static gone => ((TaskCompletionSource)gone!).SetResult(), gone);
        await gone.Task;
    }
}
