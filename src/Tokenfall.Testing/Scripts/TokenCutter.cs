using System.Text;

namespace Tokenfall.Testing.Scripts;

/// <summary>Cuts text into pieces the size of tokens: a word with the white space before it, or six characters of a longer one.</summary>
internal static class TokenCutter
{
    private const int MaxPieceLength = 6;

    internal static IReadOnlyList<string> Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<string>();
        int start = 0, at = 0, letters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var space = Rune.IsWhiteSpace(rune);
            if (letters > 0 && (space || letters >= MaxPieceLength || !rune.IsBmp))
            {
                pieces.Add(text[start..at]);
                start = at;
                letters = 0;
            }

            at += rune.Utf16SequenceLength;
            if (!space)
                letters++;
        }

        if (at > start)
            pieces.Add(text[start..at]);
        return pieces;
    }
}
