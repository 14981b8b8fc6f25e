using System.Text;

namespace Tokenfall.Bench.Load;

/// <summary>Requests as bytes.</summary>
internal static class Requests
{
    public const string Path = "/ask/stream";

    public static byte[] Post(string prompt = "go")
    {
        var body = $$"""{"prompt":"{{prompt}}"}""";
        return Encoding.ASCII.GetBytes(
            $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>The request of a client of the model's API.</summary>
    public static byte[] Model()
    {
        const string Body = """{"model":"claude-sonnet-4-5","max_tokens":2048,"stream":true,"messages":[{"role":"user","content":"go"}]}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-api-key: bench\r\n"
            + $"anthropic-version: 2023-06-01\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
    }

    /// <summary>Starts a run that nobody reads yet.</summary>
    /// <param name="http">A client of the server.</param>
    /// <param name="prompt">The prompt.</param>
    /// <returns>The path at which to read it.</returns>
    public static async Task<string> StartRunAsync(HttpClient http, string prompt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new FormUrlEncodedContent([new("prompt", prompt)]) };
        request.Headers.Add("Prefer", "respond-async");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!.ToString();
    }

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
}
