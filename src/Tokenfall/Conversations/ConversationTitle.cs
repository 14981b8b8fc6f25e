using System.Globalization;

namespace Tokenfall;

/// <summary>Titles of conversations.</summary>
internal static class ConversationTitle
{
    /// <summary>The longest title, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    private const int AutomaticLength = 80;

    /// <summary>The beginning of the first question, up to a word's end.</summary>
    public static string Of(string question)
    {
        var words = Clean(question);
        if (words.Length <= AutomaticLength) return words;
        var end = words.LastIndexOf(' ', AutomaticLength - 1);
        // One long word, or a language without spaces: not within a character of several code units.
        if (end < AutomaticLength / 2) end = EndOfLastCharacter(words);
        return words[..end].TrimEnd() + "…";
    }

    /// <summary>A title on one line, without control characters.</summary>
    public static string Clean(string title) =>
        string.Join(' ', new string([.. title.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int EndOfLastCharacter(string words)
    {
        var end = 0;
        while (StringInfo.GetNextTextElementLength(words, end) is var length && end + length <= AutomaticLength - 1) end += length;
        return end;
    }
}
