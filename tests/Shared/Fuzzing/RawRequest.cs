using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Tests.Fuzzing;

/// <summary>
/// A request as text: method and target, headers, an empty line, the body. What no server hands on is left out: line ends and NUL in headers, a host or
/// a target that is not one.
/// </summary>
internal sealed class RawRequest
{
    private readonly string[] _target;
    private readonly string[] _headers;
    private readonly byte[] _body;

    public RawRequest(byte[] text)
    {
        var end = text.AsSpan().IndexOf("\n\n"u8);
        _body = end < 0 ? [] : text[(end + 2)..];
        var lines = Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Replace("\r", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Split('\n');
        _target = lines[0].Split(' ', 2) is [var method, ['/', ..] target] ? [method, .. target.Split('?', 2)] : ["POST", "/ask/stream"];
        _headers = lines[1..];
    }

    /// <summary>Makes a request of a test server this one.</summary>
    public void ApplyTo(HttpContext context)
    {
        var request = context.Request;
        request.Method = _target[0];
        // Without what is left of an escape: the test server would decode it once more.
        request.Path = Uri.UnescapeDataString(_target[1]).Replace("\0", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal);
        request.QueryString = _target is [_, _, var query] ? new QueryString("?" + query) : default;
        foreach (var header in _headers)
        {
            if (header.Split(':', 2) is [{ Length: > 0 } name, var value] && !name.Equals("Host", StringComparison.OrdinalIgnoreCase)) request.Headers.Append(name, value.Trim(' '));
        }
        request.Body = new MemoryStream(_body);
    }
}
