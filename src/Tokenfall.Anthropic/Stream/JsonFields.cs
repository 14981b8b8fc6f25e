using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Reads JSON whose shape is the provider's business: what is absent, or of another kind, is simply not there.</summary>
internal static class JsonFields
{
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? Number(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A string's escaped bytes, without the quotes; empty when it is not there.</summary>
    public static ReadOnlySpan<byte> EscapedText(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? JsonMarshal.GetRawUtf8Value(value)[1..^1] : default;
}
