using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tokenfall.Load;

/// <summary>Says in one line what a response said that is no stream: its problem details (RFC 9457), or else the first line of its body.</summary>
internal static class RefusedResponse
{
    private const int MaxLine = 200;

    /// <summary>Whether this is the whole body. Of one that ends with its connection, the first bytes are enough.</summary>
    public static bool IsWhole(ResponseHead head, ReadOnlySpan<byte> body) =>
        head.IsChunked ? body.EndsWith("0\r\n\r\n"u8) : body.Length >= (head.Length ?? 1);

    /// <summary>Describes the response.</summary>
    /// <param name="head">The response's head.</param>
    /// <param name="body">As much of its body as there is, with its chunk framing.</param>
    public static string Describe(ResponseHead head, ReadOnlySpan<byte> body)
    {
        var text = TextOf(head, body).Trim();
        return text.Length == 0 ? $"status {head.Status}" : $"status {head.Status}: {ProblemOf(text) ?? FirstLineOf(text)}";
    }

    private static string TextOf(ResponseHead head, ReadOnlySpan<byte> body)
    {
        if (!head.IsChunked) return Encoding.UTF8.GetString(body);
        var whole = new Collector();
        new ChunkedDecoder(whole).Feed(body);
        return Encoding.UTF8.GetString(whole.Bytes);
    }

    private static string? ProblemOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var words = TextOf(json.RootElement, "detail") ?? TextOf(json.RootElement, "title");
            return words is not null && TextOf(json.RootElement, "code") is { } code ? $"{code}: {words}" : words;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string FirstLineOf(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length > MaxLine ? $"{line[..MaxLine]}…" : line;
    }

    private sealed class Collector : IBodySink
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

        public void Feed(ReadOnlySpan<byte> body) => _bytes.Write(body);

        // What is left of a damaged body still says more than nothing.
        public void Fail(string problem)
        {
        }
    }
}
