using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Tokenfall.Testing.Tests;

/// <summary>A plain HTTP client of the Messages API, as tests need it: raw bytes, or the events until the body ends.</summary>
internal sealed class Client(ModelServer server) : IDisposable
{
    internal const string Body = """{"model":"claude-test","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private readonly HttpMessageInvoker _http = new(server.CreateHandler());

    internal static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public void Dispose() => _http.Dispose();

    internal Task<HttpResponseMessage> PostAsync(
        string body = Body, Action<HttpRequestMessage>? change = null, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "v1/messages"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "anthropic-version", "2023-06-01" } },
        };
        change?.Invoke(request);
        return _http.SendAsync(request, cancellationToken.CanBeCanceled ? cancellationToken : Deadline);
    }

    internal async Task<string> GetBodyAsync()
    {
        using var response = await PostAsync();
        return await response.Content.ReadAsStringAsync(Deadline);
    }

    /// <summary>The stream's events, until the body ends or breaks.</summary>
    internal async IAsyncEnumerable<SseItem<string>> EventsAsync()
    {
        using var response = await PostAsync();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(Deadline)).EnumerateAsync(Deadline))
            yield return item;
    }

    internal static string? TextOf(SseItem<string> item)
    {
        using var json = JsonDocument.Parse(item.Data);
        return json.RootElement.TryGetProperty("delta", out var delta) && delta.TryGetProperty("text", out var text) ? text.GetString() : null;
    }
}
