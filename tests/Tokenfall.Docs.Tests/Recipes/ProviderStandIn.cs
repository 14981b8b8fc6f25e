using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>Speaks as much of OpenAI's and Ollama's APIs as one answer needs.</summary>
internal sealed class ProviderStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProviderStandIn(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<ProviderStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", CompleteAsync);
        app.MapPost("/openai/deployments/{deployment}/chat/completions", CompleteAsync);
        app.MapPost("/api/chat", ChatAsync);
        await app.StartAsync();
        return new ProviderStandIn(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // With a tool it asks for the tool first, and then repeats the tool's result.
    private static async Task CompleteAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = System.Text.Json.JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement;
        var last = request.GetProperty("messages").EnumerateArray().Last();
        var isAnswered = last.GetProperty("role").GetString() == "tool";
        context.Response.ContentType = "text/event-stream";
        if (request.TryGetProperty("tools", out var tools) && !isAnswered)
        {
            var name = tools[0].GetProperty("function").GetProperty("name").GetString();
            await SendAsync(context, $$$"""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"{{{name}}}","arguments":"{\"city\":\"Bonn\"}"}}]}""", null);
            await SendAsync(context, "{}", "tool_calls");
        }
        else
        {
            await SendAsync(context, """{"role":"assistant","content":"Water, "}""", null);
            await SendAsync(context, $$"""{"content":{{(isAnswered ? last.GetProperty("content").GetRawText() : "\"falling.\"")}}}""", null);
            await SendAsync(context, "{}", "stop");
        }
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static Task SendAsync(HttpContext context, string delta, string? finish) => context.Response.WriteAsync(
        $$"""data: {"id":"r1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}]}""" + "\n\n");

    private static async Task ChatAsync(HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson";
        const string Head = """{"model":"llama3.2","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""";
        await context.Response.WriteAsync(Head + "\"Water, \"},\"done\":false}\n");
        await context.Response.WriteAsync(Head + "\"falling.\"},\"done\":false}\n");
        await context.Response.WriteAsync(Head + "\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,\"eval_count\":2}\n");
    }
}
