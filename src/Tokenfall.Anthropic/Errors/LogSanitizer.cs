using System.Text;

namespace Tokenfall;

/// <summary>Makes a provider's words fit for a log: one line, not long, and without the key, which some gateways repeat.</summary>
/// <remarks>
/// For logs only, never for what readers get. Keyless gateways take any word as a key: one shorter than a real secret is not looked for, or it would
/// be found inside of ordinary words.
/// </remarks>
internal sealed class LogSanitizer(string secret)
{
    private const int Longest = 500;
    private const int ShortestSecret = 8;

    public string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var safe = new StringBuilder(text);
        if (secret.Length >= ShortestSecret) safe.Replace(secret, "[key]");
        var cut = safe.Length > Longest;
        safe.Length = Math.Min(safe.Length, Longest);
        for (var i = 0; i < safe.Length; i++)
            if (char.IsControl(safe[i])) safe[i] = ' ';
        return cut ? safe.Append('…').ToString() : safe.ToString();
    }
}
