using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Tokenfall.Testing.Tests.Support;

/// <summary>A plain HTTP client of the Messages API, as tests need it: raw bytes, or the events until the body ends.</summary>
internal sealed class Client(ModelServer server) : IDisposable
{
    internal const string Body = """{"model":"claude-test","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private readonly HttpMessageInvoker _http = new(Handler(server));

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

    /// <summary>The stream's events, until the body ends or breaks, or the caller leaves by cancelling.</summary>
    internal async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ending = cancellationToken.CanBeCanceled ? cancellationToken : Deadline;
        using var response = await PostAsync(cancellationToken: ending);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(ending)).EnumerateAsync(ending))
            yield return item;
    }

    private static SocketsHttpHandler Handler(ModelServer server)
    {
        var handler = server.CreateHandler();
        handler.ResponseDrainTimeout = TimeSpan.Zero; // to leave is to close, also between two reads
        return handler;
    }

    internal static string? TextOf(SseItem<string> item)
    {
        using var json = JsonDocument.Parse(item.Data);
        return json.RootElement.TryGetProperty("delta", out var delta) && delta.TryGetProperty("text", out var text)
            ? text.GetString()
            : null;
    }
}
