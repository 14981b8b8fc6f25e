using System.Text;

namespace Tokenfall.Bench.Load;

/// <summary>The requests as bytes, made once for all readers.</summary>
internal static class Requests
{
    public const string Path = "/ask/stream";

    public static byte[] Post(string prompt = "go")
    {
        var body = $$"""{"prompt":"{{prompt}}"}""";
        return Encoding.ASCII.GetBytes(
            $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
}
