using System.Globalization;
using System.Text;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Names that people give are shown to other people, in tables and terminals. What is not visible there, or changes what is around it, can
/// forge it: control characters, line ends, and marks that turn the direction of text.
/// </summary>
internal static class VisibleName
{
    /// <summary>Says what is wrong with a name.</summary>
    /// <returns>A sentence, or <see langword="null"/>.</returns>
    public static string? Problem(string name) =>
        name.EnumerateRunes().Select(rune => (Rune?)rune).FirstOrDefault(rune => !IsVisible(rune!.Value)) is { } hidden
            ? $"The name has a character that cannot be shown (U+{hidden.Value:X4}). Leave out control characters, line ends and invisible marks."
            : null;

    /// <summary>Replaces what cannot be shown: names may be older than this rule.</summary>
    public static string Show(string? name) => string.Concat((name ?? "").EnumerateRunes().Select(rune => IsVisible(rune) ? rune : Rune.ReplacementChar));

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        // The two joiners that scripts and emoji need change only the shape of their neighbours.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        // Half a surrogate pair.
        _ => rune != Rune.ReplacementChar,
    };
}
