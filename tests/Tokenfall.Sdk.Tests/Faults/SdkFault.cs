using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tokenfall.Testing;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>One thing that goes wrong at a provider, as each of the two APIs shows it.</summary>
/// <param name="Name">What goes wrong, in the words of the table.</param>
/// <param name="Anthropic">The Messages API's way.</param>
/// <param name="OpenAI">Chat Completions' way.</param>
internal sealed record SdkFault(string Name, ModelFault Anthropic, Func<HttpContext, Task> OpenAI)
{
    public static IReadOnlyList<SdkFault> All { get; } =
    [
        new("429, `Retry-After: 1`", ModelFault.RateLimited(TimeSpan.FromSeconds(1)), http => ErrorAsync(http, 429, "requests", "rate_limit_exceeded", retryAfter: "1")),
        new("429, nothing left to spend", ModelFault.SpendLimit, http => ErrorAsync(http, 429, "insufficient_quota", "insufficient_quota")),
        new("503", ModelFault.Status(503, "api_error", "Unavailable"), http => ErrorAsync(http, 503, "server_error", null)),
        new("529, overloaded", ModelFault.Overloaded, http => ErrorAsync(http, 529, "overloaded", null)),
        new("500", ModelFault.ServerError, http => ErrorAsync(http, 500, "server_error", null)),
        new("504", ModelFault.Status(504, "timeout_error", "Timeout"), http => ErrorAsync(http, 504, "timeout", null)),
        new("401", ModelFault.Unauthorized, http => ErrorAsync(http, 401, "invalid_request_error", "invalid_api_key")),
        new("400", ModelFault.BadRequest, http => ErrorAsync(http, 400, "invalid_request_error", null)),
        new("connection closed without a response", ModelFault.HangUp, HangUpAsync),
        new("error event before any text", ModelFault.InBandError("overloaded_error", "Overloaded", 0), http => StreamAsync(http, 0, """{"error":{"message":"Overloaded","type":"overloaded","code":"overloaded"}}""")),
        new("stream ends before any text", ModelFault.CleanEnd(0), http => StreamAsync(http, 0)),
        // Fewer bytes than announced: unlike a reset, it takes nothing from the client that was sent.
        new("connection lost in mid-answer", ModelFault.Reset(5), http =>
        {
            http.Response.ContentLength = 1_000_000;
            return StreamAsync(http, 5);
        }),
    ];

    private static Task ErrorAsync(HttpContext http, int status, string type, string? code, string? retryAfter = null)
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsJsonAsync(new { error = new { message = "Words of the provider.", type, code } });
    }

    private static Task HangUpAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private static async Task StreamAsync(HttpContext http, int tokens, string? last = null)
    {
        http.Response.ContentType = "text/event-stream";
        await SendAsync(http, Chunk(new { role = "assistant", content = "" }));
        for (var i = 0; i < tokens; i++) await SendAsync(http, Chunk(new { content = $"token {i} " }));
        if (last is not null) await SendAsync(http, last);
    }

    private static async Task SendAsync(HttpContext http, string json)
    {
        await http.Response.WriteAsync($"data: {json}\n\n");
        await http.Response.Body.FlushAsync();
    }

    private static string Chunk(object delta) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1, model = "gpt-test", choices = new[] { new { index = 0, delta, finish_reason = (string?)null } },
    });
}
