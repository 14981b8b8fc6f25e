using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tokenfall;

/// <summary>Text from outside as databases can store it: they take neither U+0000 nor half a surrogate pair. Other text stays as it is.</summary>
internal static class StoredText
{
    // "Substitute", and the four hexadecimal digits of the character that it stands for.
    private const char Escape = '\u001A';

    private static readonly SearchValues<char> Rare =
        SearchValues.Create(['\0', Escape, .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>Two texts that differ are stored as two that differ.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAny(Rare)) return text;
        var stored = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
                stored.Append(text, i++, 2);
            else if (Rare.Contains(text[i]))
                stored.Append(Escape).Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            else
                stored.Append(text[i]);
        }
        return stored.ToString();
    }

    /// <exception cref="InvalidDataException">This was not written by <see cref="Encode"/>.</exception>
    public static string Decode(string stored)
    {
        if (!stored.Contains(Escape, StringComparison.Ordinal)) return stored;
        var text = new StringBuilder();
        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i] != Escape)
            {
                text.Append(stored[i]);
                continue;
            }
            if (i + 4 >= stored.Length || !ushort.TryParse(stored.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                throw new InvalidDataException("A text in the journal is damaged.");
            text.Append((char)code);
            i += 4;
        }
        return text.ToString();
    }

    public static string? EncodeOrNull(string? text) => text is null ? null : Encode(text);

    public static string? DecodeOrNull(string? stored) => stored is null ? null : Decode(stored);
}
