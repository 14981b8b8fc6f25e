using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>The calls that tests make.</summary>
internal static class Calls
{
    /// <summary>Sends a request and returns as soon as the headers are there.</summary>
    public static Task<HttpResponseMessage> StartAsync(this HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string prompt, string path = TestApp.Path) =>
        client.StartAsync(Post(new { prompt }, path));

    /// <summary>The same without TLS and without asking first (RFC 9113, section 3.3).</summary>
    public static Task<HttpResponseMessage> AskHttp2Async(this HttpClient client, string prompt)
    {
        var request = Post(new { prompt });
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client.StartAsync(request);
    }

    public static Task<HttpResponseMessage> ReadAsync(this HttpClient client, string address, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return client.StartAsync(request);
    }

    public static HttpRequestMessage Post(object body, string path = TestApp.Path) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };

    public static HttpRequestMessage PostJson(string json, string path = TestApp.Path) =>
        new(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };

    public static HttpRequestMessage PostForm(params (string Name, string Value)[] fields) =>
        new(HttpMethod.Post, TestApp.Path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };

    public static HttpRequestMessage With(this HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }
}
