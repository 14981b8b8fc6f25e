namespace Tokenfall.PostgreSql;

/// <summary>What of a text is searched for. PostgreSQL's own parser depends on the locale of the database, and takes an address for one word.</summary>
internal static class IndexedWords
{
    // A word may have 2 KB, and all of a message 1 MB (https://www.postgresql.org/docs/current/textsearch-limitations.html).
    private const int MaxWord = 100, MaxTotal = 200_000;

    /// <summary>Its different words, for <c>tokenfall.search_words</c>.</summary>
    public static string Of(string text)
    {
        var words = new HashSet<string>();
        var total = 0;
        foreach (var word in SearchWords.Split(text))
        {
            var lower = Lower(word);
            if (total + lower.Length > MaxTotal) break;
            if (words.Add(lower)) total += lower.Length + 1;
        }
        return string.Join(' ', words);
    }

    /// <summary>As a query, for <c>tokenfall.plain</c> (https://www.postgresql.org/docs/current/datatype-textsearch.html); null if there is no word.</summary>
    public static string? Query(string search) =>
        SearchWords.Of(search) is { Count: > 0 } words ? string.Join(" & ", words.Select(word => $"'{Lower(word)}':*")) : null;

    private static string Lower(string word)
    {
        if (word.Length > MaxWord) word = word[..(char.IsHighSurrogate(word[MaxWord - 1]) ? MaxWord - 1 : MaxWord)];
        return word.ToLowerInvariant();
    }
}
