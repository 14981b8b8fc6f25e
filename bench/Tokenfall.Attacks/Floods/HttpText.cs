using System.Text;
using Tokenfall.Bench.Load;

namespace Tokenfall.Attacks.Floods;

/// <summary>Requests as bytes.</summary>
internal static class HttpText
{
    /// <param name="first">Method and path.</param>
    /// <param name="headers">Lines of headers, without an end.</param>
    public static ReadOnlyMemory<byte> Head(string first, params IEnumerable<string> headers) =>
        Encoding.ASCII.GetBytes($"{first} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>Asks the model, with a key.</summary>
    public static byte[] Ask(string prompt, string key)
    {
        var body = $$"""{"prompt":"{{prompt}}"}""";
        return Encoding.ASCII.GetBytes(
            $"POST {Requests.Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }
}
