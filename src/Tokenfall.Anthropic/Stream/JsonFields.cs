using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Reads JSON whose shape is the provider's business: what is absent, or of another kind, is simply not there.</summary>
internal static class JsonFields
{
    private static readonly JsonElement Empty = JsonElement.Parse("[]");

    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? Number(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A number of tokens; where it is anything else than a number that a model may have, -1, which says nothing.</summary>
    public static long? Count(this JsonElement element, string name) => element.Field(name).IsPresent() ? element.Number(name) ?? -1 : null;

    /// <summary>The items of an array; none when it is not there.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) =>
        (element.Field(name) is { ValueKind: JsonValueKind.Array } array ? array : Empty).EnumerateArray();

    /// <summary>Whether there is a value that says something.</summary>
    public static bool IsPresent(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether an object has a value of another name than these.</summary>
    public static bool HasMoreThan(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object) return false;
        foreach (var member in element.EnumerateObject())
            if (member.Value.IsPresent() && !names.Contains(member.Name)) return true;
        return false;
    }

    /// <summary>Whether a text is there, and is no string.</summary>
    public static bool HasOtherThanText(this JsonElement element, string name) => element.Field(name) is { ValueKind: not JsonValueKind.String } value && value.IsPresent();

    /// <summary>The JSON as it came.</summary>
    public static ReadOnlySpan<byte> Raw(this JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    /// <summary>A string's escaped bytes, without the quotes; empty when it is not there.</summary>
    public static ReadOnlySpan<byte> EscapedText(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.Raw()[1..^1] : default;
}
