using System.Net;
using System.Net.Http.Headers;

namespace Tokenfall;

/// <summary>Makes the calls of the Messages API.</summary>
internal sealed class AnthropicRequest(AnthropicOptions options)
{
    private static readonly ProductInfoHeaderValue Agent =
        new("tokenfall", typeof(AnthropicRequest).Assembly.GetName().Version!.ToString(3));
    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Uri Address { get; } = new(AddressBelow(options.BaseUrl));

    /// <summary>The address that is called.</summary>
    public static string AddressBelow(string? baseUrl) => $"{baseUrl?.TrimEnd('/')}/v1/messages";

    /// <exception cref="ModelException">The request has something that the Messages API does not take.</exception>
    public HttpRequestMessage Create(ModelRequest request)
    {
        var body = RequestBody.Of(request, options);
        var message = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } },
        };
        message.Headers.Add("x-api-key", options.ApiKey);
        message.Headers.Add("anthropic-version", "2023-06-01");
        message.Headers.Accept.Add(EventStream);
        message.Headers.UserAgent.Add(Agent);
        return message;
    }
}
