using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tokenfall;

/// <summary>Makes text from outside, such as a provider's, fit for a log: short, on one line, and without control characters.</summary>
internal static class LogText
{
    private const int MaxWord = 100;
    private const int MaxQuote = 500;
    private const int MaxMessage = 2000;
    private const int MinSecret = 8;

    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>Cleans one word of a provider's, such as a stop reason. Readers may get it too.</summary>
    public static string Word(string word) => Clean(word.Length > MaxWord ? word[..MaxWord] : word, "\uFFFD");

    /// <summary>Cleans the words of a provider's that a message of ours quotes.</summary>
    public static string Quote(string? words) => Line(words, MaxQuote);

    /// <summary>Cleans a whole message.</summary>
    public static string Message(string? message) => Line(message, MaxMessage);

    /// <summary>Replaces a secret. Do this before cutting, or a part of the secret may stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secret">
    /// The secret. Keyless gateways accept any word as a key: one shorter than a real secret is not looked for, because it may occur in ordinary words.
    /// </param>
    public static string Redact(string text, string secret) =>
        secret.Length < MinSecret ? text : text.Replace(secret, "[key]", StringComparison.OrdinalIgnoreCase);

    /// <summary>Cleans text of any length: a message quotes it whole, and is cut when its secrets are gone.</summary>
    public static string Whole(string text) => Clean(text, " ");

    // Where it was cut, a message says so.
    private static string Line(string? text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? "" : text.Length > maxLength ? Clean(text[..maxLength], " ") + "…" : Clean(text, " ");

    // The rune of a lone surrogate is U+FFFD.
    private static string Clean(string text, string replacement) => text.AsSpan().ContainsAnyExcept(Printable) ? ReplaceControls(text, replacement) : text;

    private static string ReplaceControls(string text, string replacement) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsControl(rune) ? replacement : rune.ToString()));

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || IsBidirectional(rune.Value);

    // They show a line in another order than it has (Unicode Standard Annex 9, section 2).
    private static bool IsBidirectional(int code) => code is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
