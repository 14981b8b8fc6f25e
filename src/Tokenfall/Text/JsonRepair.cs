using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Parses JSON whose encoding may be broken, so that one unreadable character does not cost a sound answer.</summary>
internal static class JsonRepair
{
    /// <summary>How deeply a provider's JSON may be nested: far beyond any tool's arguments, and bounded, because it is written by recursion.</summary>
    public const int MaxDepth = 500;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses a provider's JSON. Malformed UTF-8 and the escapes of lone surrogates are read as U+FFFD.</summary>
    /// <exception cref="JsonException">It is not one JSON value.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        // By way of a string, which replaces malformed UTF-8.
        var repaired = System.Text.Unicode.Utf8.IsValid(json) ? json.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        TextRepair.ReplaceLoneSurrogates(repaired);
        return JsonDocument.Parse(repaired, Options);
    }
}
