using System.Text;

namespace Tokenfall;

/// <summary>What a person types into a search field, as a query: all words must be there, each from its beginning.</summary>
internal static class SearchWords
{
    // So many are enough to find anything, and cost little.
    private const int MaxWords = 16;

    /// <summary>The words, without punctuation; combining marks stay with their letters.</summary>
    public static IReadOnlyList<string> Of(string search)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in search.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(rune.ToString());
                continue;
            }
            Add();
        }
        Add();
        return words;

        void Add()
        {
            if (word.Length > 0 && words.Count < MaxWords) words.Add(word.ToString());
            word.Clear();
        }
    }
}
