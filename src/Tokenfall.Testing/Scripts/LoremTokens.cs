namespace Tokenfall.Testing.Scripts;

/// <summary>Filler made of everything that has ever broken a stream: several scripts, emoji, escapes, markup, line breaks.</summary>
internal static class LoremTokens
{
    private static readonly string[] Vocabulary =
    [
        "Lorem", " ipsum", " dolor", " sit", " amet", ",", " consec", "tetur", " adipis", "cing", " elit", ".", "\n", "\n\n", " sed", " do",
        " naïve", " façade", " Größe", " żółw", " привет", " κόσμε", " שלום", " مرحبا", " 日本", "語", "한국", " e\u0301", " नमस्ते",
        " 😀", "👩‍👩‍👧", " 🇪🇺", " 𝒳", " \"quoted\"", " back\\slash", " a/b", "\t", "\r\n", " <b>bold</b>", " <script>", " &amp;", " `code`", "\n- item",
        "\n```js\n", " data: x", "\n\nevent: done\n", "\u2028", "\u00a0", "\u0001", "\ufeff", "'", " {\"a\":1}", "x",
    ];

    internal static IReadOnlyList<string> Make(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var random = new Random(seed); // a seeded Random is the same everywhere
        var tokens = new string[count];
        for (var i = 0; i < count; i++)
            tokens[i] = Vocabulary[random.Next(Vocabulary.Length)];
        return tokens;
    }
}
