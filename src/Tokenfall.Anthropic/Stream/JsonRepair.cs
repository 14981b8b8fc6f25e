using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tokenfall;

/// <summary>Parses JSON whose encoding may be broken, so that one unreadable character does not cost a sound answer.</summary>
internal static partial class JsonRepair
{
    /// <summary>Parses a JSON value; malformed UTF-8 and the escapes of lone surrogates are read as U+FFFD.</summary>
    /// <exception cref="JsonException">It is not one JSON value.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        if (text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            text = Escape.Replace(text, static escape => escape.Groups["lone"].Success ? "\\ufffd" : escape.Value);
        return JsonDocument.Parse(text);
    }

    // An escape: a surrogate pair, half of one, or any other.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape { get; }
}
