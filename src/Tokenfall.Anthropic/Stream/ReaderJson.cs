using System.Buffers;
using System.Text.Json;

namespace Tokenfall;

/// <summary>What readers get of a tool's result: everything but the bytes that only the API or another program can use.</summary>
/// <remarks>
/// Left out are members named <c>encrypted_...</c>, and the <c>data</c> of a document or an image beside its media type: a fetched page or
/// a base64 file. Tools of the Model Context Protocol spell that type <c>mimeType</c>, and have <c>blob</c> as well.
/// </remarks>
internal static class ReaderJson
{
    /// <summary>Copies a value without what readers cannot use.</summary>
    /// <param name="value">The provider's value.</param>
    /// <param name="omitted">Whether anything was left out.</param>
    public static ReadOnlySpan<byte> Of(JsonElement value, out bool omitted)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        omitted = false;
        using (var json = new Utf8JsonWriter(buffer)) Write(json, value, ref omitted);
        return buffer.WrittenSpan;
    }

    /// <summary>Whether a value has anything that readers cannot use.</summary>
    public static bool Omits(JsonElement value)
    {
        Of(value, out var omitted);
        return omitted;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, ref bool omitted)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in value.EnumerateArray()) Write(json, item, ref omitted);
            json.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject()) WriteMember(json, value, member, ref omitted);
            json.WriteEndObject();
        }
        else
        {
            value.WriteTo(json);
        }
    }

    private static bool IsFile(JsonElement parent) => parent.Text("media_type") is not null || parent.Text("mimeType") is not null;

    private static void WriteMember(Utf8JsonWriter json, JsonElement parent, JsonProperty member, ref bool omitted)
    {
        if (member.Name.StartsWith("encrypted_", StringComparison.Ordinal) || (member.Name is "data" or "blob" && IsFile(parent)))
        {
            omitted = true;
            return;
        }
        json.WritePropertyName(member.Name);
        Write(json, member.Value, ref omitted);
    }
}
