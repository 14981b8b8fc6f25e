using System.Text;

namespace Tokenfall;

/// <summary>Makes a provider's words fit for a log: one line, not long, and without the key, which some gateways repeat.</summary>
internal sealed class LogSanitizer(string secret)
{
    private const int Longest = 500;

    public string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var safe = new StringBuilder(text).Replace(secret, "[key]");
        var cut = safe.Length > Longest;
        safe.Length = Math.Min(safe.Length, Longest);
        for (var i = 0; i < safe.Length; i++)
            if (char.IsControl(safe[i])) safe[i] = ' ';
        return cut ? safe.Append('…').ToString() : safe.ToString();
    }
}
