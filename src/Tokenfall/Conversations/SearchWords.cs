using System.Text;

namespace Tokenfall;

/// <summary>The words of a text, and of what a person types into a search field: all of those must be there, each from its beginning.</summary>
internal static class SearchWords
{
    // So many are enough to find anything, and cost little.
    private const int MaxWords = 16;

    /// <summary>The words of what was typed, without punctuation.</summary>
    public static IReadOnlyList<string> Of(string search) => [.. Split(search).Take(MaxWords)];

    /// <summary>All words of a text, without punctuation; combining marks stay with their letters.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && IsMark(rune)))
            {
                word.Append(rune.ToString());
                continue;
            }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
