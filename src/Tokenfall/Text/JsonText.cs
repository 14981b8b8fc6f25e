using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Tokenfall;

/// <summary>Text as it appears inside a JSON string: UTF-8, escaped, without the quotes (RFC 8259, section 7).</summary>
/// <remarks>The log stores text in this form, so that writing it to a reader is a copy in every protocol.</remarks>
public static class JsonText
{
    // Escapes quotes, backslashes and control characters, and leaves readable text as it is. The output is parsed as JSON
    // and never inserted into HTML, so the stricter HTML-safe encoder would only cost bytes.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Escapes text. A lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">Receives the escaped UTF-8.</param>
    public static void Escape(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        Span<byte> utf8 = stackalloc byte[256];
        Span<byte> escaped = stackalloc byte[1536];
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, utf8, out var read, out var written, replaceInvalidSequences: true);
            text = text[read..];
            Encoder.EncodeUtf8(utf8[..written], escaped, out _, out var length);
            output.Write(escaped[..length]);
        }
    }

    /// <summary>
    /// Counts the UTF-16 code units that escaped text represents: the <c>length</c> of the string in JavaScript.
    /// </summary>
    /// <param name="escaped">Well-formed escaped text, as in <c>Utf8JsonReader.ValueSpan</c>.</param>
    /// <returns>The number of UTF-16 code units.</returns>
    public static int CountUtf16(ReadOnlySpan<byte> escaped)
    {
        var count = 0;
        while (!escaped.IsEmpty)
        {
            var slash = escaped.IndexOf((byte)'\\');
            if (slash < 0) return count + Encoding.UTF8.GetCharCount(escaped);
            count += Encoding.UTF8.GetCharCount(escaped[..slash]) + 1;
            var width = slash + 1 < escaped.Length && escaped[slash + 1] == 'u' ? 6 : 2;
            escaped = escaped[Math.Min(escaped.Length, slash + width)..];
        }
        return count;
    }

    /// <summary>Counts the bytes of UTF-8 that escaped text represents: how long it is does not depend on how its provider escapes.</summary>
    /// <param name="escaped">As for <see cref="CountUtf16"/>.</param>
    internal static int CountUtf8(ReadOnlySpan<byte> escaped)
    {
        var count = 0;
        for (int slash; (slash = escaped.IndexOf((byte)'\\')) >= 0;)
        {
            var (width, bytes) = slash + 6 <= escaped.Length && escaped[slash + 1] == 'u' ? (6, Utf8BytesOf(escaped[(slash + 2)..(slash + 6)])) : (2, 1);
            count += slash + bytes;
            escaped = escaped[Math.Min(escaped.Length, slash + width)..];
        }
        return count + escaped.Length;
    }

    // Each half of a surrogate pair stands for two of its four bytes.
    private static int Utf8BytesOf(ReadOnlySpan<byte> hex) =>
        !ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? 6
        : unit < 0x80 ? 1 : unit < 0x800 || char.IsSurrogate((char)unit) ? 2 : 3;

    /// <summary>Unescapes text. Malformed UTF-8 becomes U+FFFD; lone surrogates are kept.</summary>
    /// <param name="escaped">UTF-8 as it appears between the quotes of a JSON string.</param>
    internal static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (!escaped.IsEmpty)
        {
            var slash = escaped.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(slash < 0 ? escaped : escaped[..slash]));
            if (slash < 0) break;
            escaped = escaped[slash..];
            escaped = escaped[AppendEscape(text, escaped)..];
        }
        return text.ToString();
    }

    private static int AppendEscape(StringBuilder text, ReadOnlySpan<byte> escape)
    {
        if (escape.Length < 2) return escape.Length;
        if (escape[1] != 'u')
        {
            text.Append(escape[1] switch { (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', (byte)'b' => '\b', (byte)'f' => '\f', var other => (char)other });
            return 2;
        }
        if (escape.Length < 6 || !ushort.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) return Math.Min(escape.Length, 6);
        text.Append((char)unit);
        return 6;
    }
}
