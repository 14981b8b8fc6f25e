using System.Globalization;

namespace Tokenfall;

/// <summary>What the demo model says.</summary>
internal static class DemoText
{
    private const int LongestQuote = 200;

    public static IReadOnlyList<string> AnswerTo(string prompt) => Split(
        $"""
        You asked: “{Quote(prompt)}”

        I am Tokenfall's demo model. I do not think; I only stream, so that you can watch the whole path work before you have an API key:

        1. Your browser posted the prompt, and the server answered with an event stream at once, before the first word was there.
        2. The words went into the run's log, one by one, as a real model would send them.
        3. A reader followed the log and wrote each word to your connection the moment it arrived.

        Nothing was buffered on the way: if these words came one after the other, every hop between us passes them on. Characters of every kind arrive whole, too: déjà vu, Ærøskøbing, 東京, Ελλάδα, 👩‍🚀.

        To talk to a real model, set `ANTHROPIC_API_KEY` and start the server again.
        """);

    /// <summary>Cuts text into words, each with the white space that follows it.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i - 1]) || char.IsWhiteSpace(text[i])) continue;
            words.Add(text[start..i]);
            start = i;
        }
        if (start < text.Length) words.Add(text[start..]);
        return words;
    }

    private static string Quote(string prompt)
    {
        var line = string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var text = new StringInfo(line);
        return text.LengthInTextElements <= LongestQuote ? line : text.SubstringByTextElements(0, LongestQuote) + "…";
    }
}
