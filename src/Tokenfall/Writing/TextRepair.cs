using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Tokenfall;

/// <summary>Decides whether a provider's escaped text may be copied to readers as it is, and mends lone surrogates in JSON.</summary>
/// <remarks>
/// JSON syntax was checked when the bytes were parsed; encoding was not. Malformed UTF-8 and lone surrogates (RFC 8259, section 8.2) are read
/// differently by different decoders. U+0085, U+2028 and U+2029 are valid JSON, but some line readers split an event there: they are always
/// written as escapes.
/// </remarks>
internal static class TextRepair
{
    // Printable ASCII without the backslash: one UTF-16 code unit each, and nothing to repair.
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c != '\\').Select(c => (byte)c)]);

    private static ReadOnlySpan<byte> NextLine => [0xC2, 0x85];
    private static ReadOnlySpan<byte> LineSeparatorPrefix => [0xE2, 0x80];

    /// <summary>Whether the escaped text needs no repair.</summary>
    /// <param name="escaped">UTF-8 as it stands between the quotes of a JSON string.</param>
    /// <param name="chars">The UTF-16 code units that it stands for; only set when it is clean.</param>
    public static bool IsClean(ReadOnlySpan<byte> escaped, out int chars)
    {
        chars = escaped.Length;
        if (!escaped.ContainsAnyExcept(Plain)) return true;
        chars = 0;
        if (!Utf8.IsValid(escaped) || HasLineSeparator(escaped) || FindLoneSurrogate(escaped) >= 0) return false;
        chars = JsonText.CountUtf16(escaped);
        return true;
    }

    /// <summary>Replaces the escapes of lone surrogates by that of U+FFFD, in place.</summary>
    /// <param name="json">JSON, or text as it stands inside a JSON string.</param>
    public static void ReplaceLoneSurrogates(Span<byte> json)
    {
        for (int at; (at = FindLoneSurrogate(json)) >= 0; json = json[(at + 6)..]) "\\ufffd"u8.CopyTo(json[at..]);
    }

    private static bool HasLineSeparator(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf(NextLine) >= 0) return true;
        for (int at; (at = text.IndexOf(LineSeparatorPrefix)) >= 0; text = text[(at + 3)..])
            if (text[at + 2] is 0xA8 or 0xA9) return true;
        return false;
    }

    private static int FindLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        for (var i = 0; i < escaped.Length;)
        {
            var slash = escaped[i..].IndexOf((byte)'\\');
            if (slash < 0) return -1;
            i += slash;
            if (!IsSurrogate(escaped[i..], out var high)) i += 2;
            else if (!high || !IsSurrogate(escaped[(i + 6)..], out var second) || second) return i;
            else i += 12;
        }
        return -1;
    }

    // \uD800 to \uDFFF; the second hex digit's upper bit pair tells the halves apart.
    private static bool IsSurrogate(ReadOnlySpan<byte> escape, out bool high)
    {
        high = false;
        if (escape.Length < 6 || escape[0] != '\\' || escape[1] != 'u' || (escape[2] | 0x20) != 'd') return false;
        var digit = (char)(escape[3] | 0x20);
        high = digit is '8' or '9' or 'a' or 'b';
        // '8' and '9' have bit 0x20 set already, so the letter's case is all that changes.
        return high || digit is 'c' or 'd' or 'e' or 'f';
    }
}
