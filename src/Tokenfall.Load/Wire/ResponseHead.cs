using System.Buffers.Text;
using System.Text;

namespace Tokenfall.Load;

/// <summary>The parts of a response's head that a client of event streams needs (RFC 9112, section 4).</summary>
/// <param name="Status">The status code.</param>
/// <param name="IsChunked">Whether the body is chunked; otherwise it ends with the connection, or after <paramref name="Length"/> bytes.</param>
/// <param name="Length">The length of the body, where the server gives it.</param>
/// <param name="ContentEncoding">Such as <c>gzip</c>; null when the body is not encoded.</param>
internal sealed record ResponseHead(int Status, bool IsChunked, long? Length, string? ContentEncoding)
{
    /// <summary>Parses a head without the empty line at its end; null when it is not one of HTTP/1.1.</summary>
    public static ResponseHead? Parse(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1."u8) || head.Length < 12 || !Utf8Parser.TryParse(head[9..12], out int status, out _)) return null;
        var result = new ResponseHead(status, IsChunked: false, Length: null, ContentEncoding: null);
        foreach (var line in Encoding.Latin1.GetString(head).Split("\r\n").Skip(1))
        {
            var value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase)) result = result with { IsChunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) };
            else if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) && long.TryParse(value, out var length)) result = result with { Length = length };
            else if (line.StartsWith("Content-Encoding:", StringComparison.OrdinalIgnoreCase) && value != "identity") result = result with { ContentEncoding = value };
        }
        return result;
    }
}
