using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Builds the payloads of events that are JSON objects.</summary>
internal static class EventJson
{
    public static ReadOnlySpan<byte> ToolStart(string id, string name) => Write(json =>
    {
        json.WriteString("id", id);
        json.WriteString("name", name);
    });

    public static ReadOnlySpan<byte> ToolCall(string id, string name, JsonElement? input, string? incompleteInput, ToolCallTraits traits) => Write(json =>
    {
        json.WriteString("id", id);
        json.WriteString("name", name);
        if (input is { } whole) WriteProperty(json, "input", whole);
        else json.WriteString("input", incompleteInput);
        if (input is null) json.WriteBoolean("incomplete", true);
        if (traits.HasFlag(ToolCallTraits.ProviderExecuted)) json.WriteBoolean("provider_executed", true);
        if (traits.HasFlag(ToolCallTraits.NeedsApproval)) json.WriteBoolean("approval", true);
    });

    public static ReadOnlySpan<byte> ToolResult(string id, JsonElement output, bool isError) => Write(json =>
    {
        json.WriteString("id", id);
        WriteProperty(json, "output", output);
        if (isError) json.WriteBoolean("error", true);
    });

    public static ReadOnlySpan<byte> Source(SourceReference source) => Write(json =>
    {
        json.WriteString("type", source.Url is null ? "document" : "url");
        WriteIfSet(json, "url", source.Url);
        WriteIfSet(json, "title", source.Title);
        WriteIfSet(json, "document", source.Document);
        WriteIfSet(json, "cited_text", source.CitedText);
        // A place before the beginning is none.
        if (source.Start is { } start and >= 0) json.WriteNumber("start", start);
        if (source.End is { } end and >= 0) json.WriteNumber("end", end);
    });

    public static ReadOnlySpan<byte> File(string mediaType, string? url, ReadOnlyMemory<byte> data, string? name) => Write(json =>
    {
        json.WriteString("media_type", mediaType);
        if (url is not null) json.WriteString("url", url);
        else json.WriteBase64String("data", data.Span);
        WriteIfSet(json, "name", name);
    });

    public static ReadOnlySpan<byte> Data(string name, JsonElement value) => Write(json =>
    {
        json.WriteString("name", name);
        WriteProperty(json, "value", value);
    });

    public static ReadOnlySpan<byte> Opaque(string provider, string? model, string type, JsonElement value) => Write(json =>
    {
        json.WriteString("provider", provider);
        WriteIfSet(json, "model", model);
        json.WriteString("type", type);
        WriteProperty(json, "value", value);
    });

    public static ReadOnlySpan<byte> TypeName(string type) => Write(json => json.WriteString("type", type));

    private static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    // Written anew rather than raw: pretty-printed JSON has line ends, and those would tear an SSE frame.
    private static void WriteProperty(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
