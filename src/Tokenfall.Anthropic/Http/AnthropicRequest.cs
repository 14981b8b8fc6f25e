using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Spells a <see cref="ModelRequest"/> as a call of the Messages API.</summary>
internal sealed class AnthropicRequest(AnthropicOptions options)
{
    private static readonly ProductInfoHeaderValue Agent =
        new("tokenfall", typeof(AnthropicRequest).Assembly.GetName().Version!.ToString(3));
    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    // Readable text stays readable, and short: this JSON never meets HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int DefaultMaxTokens = 2048;

    public Uri Address { get; } = new($"{options.BaseUrl.TrimEnd('/')}/v1/messages");

    public HttpRequestMessage Create(ModelRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ReadOnlyMemoryContent(Body(request)) { Headers = { ContentType = Json } },
        };
        message.Headers.Add("x-api-key", options.ApiKey);
        message.Headers.Add("anthropic-version", "2023-06-01");
        message.Headers.Accept.Add(EventStream);
        message.Headers.UserAgent.Add(Agent);
        return message;
    }

    private ReadOnlyMemory<byte> Body(ModelRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("model", request.Options.ModelId ?? options.Model);
            json.WriteNumber("max_tokens", request.Options.MaxOutputTokens ?? DefaultMaxTokens);
            json.WriteBoolean("stream", true);
            if (!string.IsNullOrWhiteSpace(options.System)) json.WriteString("system", options.System);
            json.WriteStartArray("messages");
            foreach (var message in request.Messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
                json.WriteString("content", message.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
