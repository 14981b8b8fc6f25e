using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Cli.Tests.Bench;

/// <summary>A server that answers with exactly these bytes, right or wrong.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const string Run = "Zk3vM0q2T5uXw8yB1cD4eA";

    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/ask";

    public static Task<ScriptedServer> StartAsync(params string[] frames) => StartAsync(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var frame in frames)
        {
            await context.Response.WriteAsync(frame);
            await context.Response.Body.FlushAsync();
        }
    });

    public static async Task<ScriptedServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/ask", answer);
        await app.StartAsync();
        return new(app);
    }

    public static string Start { get; } = Frame(1, "start", "{}");

    public static string Delta(int number, string text) => Frame(number, "delta", $$"""{"text":"{{text}}"}""");

    public static string Done(int number, int chars) => Frame(number, "done", $$"""{"chars":{{chars}}}""");

    public static string Frame(int number, string kind, string data, string run = Run) => $"event: {kind}\ndata: {data}\nid: {run}.{number}\n\n";

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
