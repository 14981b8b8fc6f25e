namespace Tokenfall.Tests;

/// <summary>Text that looks for trouble: quotes, escapes, control characters and code points of every length.</summary>
internal static class RandomText
{
    private static readonly Gen<string> Troublemaker = Gen.OneOf(
        "\"", "\\", "\\n", "\\u0041", "\n", "\r\n", "\t", "\0", "\u001f", "\u007f", "\u2028", "\u2029", "\ufeff", "\uffff", "👩‍🚀", "😀", "é", "e\u0301", "東", "</script>", "\ndata: x\n\n");

    private static readonly Gen<string> Character = Gen.OneOf(0x80, 0x800, 0x10000, 0x110000)
        .SelectMany(end => Gen.Int[0, end - 1]).Where(Rune.IsValid).Select(char.ConvertFromUtf32);

    /// <summary>Up to so many pieces.</summary>
    public static Gen<string> Of(int pieces) => Gen.Frequency((1, Troublemaker), (2, Character)).Array[0, pieces].Select(string.Concat);

    /// <summary>An end for a piece that begins here: anywhere but inside a surrogate pair.</summary>
    public static int Cut(string text, int start, int length)
    {
        var end = Math.Min(text.Length, start + length);
        return end < text.Length && char.IsLowSurrogate(text[end]) ? end + 1 : end;
    }
}
