using System.Globalization;
using System.Text;

namespace Tokenfall.Load;

/// <summary>Decodes JSON-escaped UTF-8 to UTF-16, the encoding of JavaScript and .NET.</summary>
internal static class JsonEscapedText
{
    [ThreadStatic]
    private static char[]? _buffer;

    /// <summary>The length of the text in UTF-16 code units.</summary>
    public static int Length(ReadOnlySpan<byte> escaped) =>
        escaped.IndexOf((byte)'\\') < 0 ? Encoding.UTF8.GetCharCount(escaped) : Decode(escaped).Length;

    /// <summary>Decodes the text into a buffer that is valid until the next call on this thread.</summary>
    /// <exception cref="FormatException">An escape is malformed.</exception>
    public static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> escaped)
    {
        var chars = _buffer is { } buffer && buffer.Length >= escaped.Length ? buffer : _buffer = new char[Math.Max(4096, escaped.Length)];
        var length = 0;
        for (int at; (at = escaped.IndexOf((byte)'\\')) >= 0;)
        {
            length += Encoding.UTF8.GetChars(escaped[..at], chars.AsSpan(length));
            chars[length++] = Unescape(escaped[at..], out var used);
            escaped = escaped[(at + used)..];
        }
        length += Encoding.UTF8.GetChars(escaped, chars.AsSpan(length));
        return chars.AsSpan(0, length);
    }

    // RFC 8259, section 7.
    private static char Unescape(ReadOnlySpan<byte> escape, out int length)
    {
        length = 2;
        switch (escape.Length > 1 ? (char)escape[1] : '\0')
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\\' or '/': return (char)escape[1];
            case 'u' when escape.Length >= 6:
                length = 6;
                return (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: throw new FormatException($"a malformed escape: {Encoding.UTF8.GetString(escape[..Math.Min(6, escape.Length)])}");
        }
    }
}
