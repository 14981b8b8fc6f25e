using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes an application's values as JSON. A value that cannot be written costs itself, never the answer.</summary>
internal static class ChatJson
{
    /// <summary>Any value; one that no serializer knows becomes its text.</summary>
    public static byte[] Of(object? value)
    {
        if (value is null) return "null"u8.ToArray();
        try
        {
            // Generated code where there is no reflection: a type of the application's own has none then.
            if (AIJsonUtilities.DefaultOptions.TryGetTypeInfo(value.GetType(), out var type)) return JsonSerializer.SerializeToUtf8Bytes(value, type);
        }
        catch (Exception)
        {
            // The application's getters and converters may throw anything.
        }
        return Write(json => json.WriteStringValue(TextOf(value)));
    }

    /// <summary>An object with one member.</summary>
    public static byte[] OfObject(string name, byte[] value) => Write(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        json.WriteRawValue(value);
        json.WriteEndObject();
    });

    /// <summary>What a provider's tool took or gave, as far as it is text. Files are events of their own.</summary>
    public static byte[] OfContents(IEnumerable<AIContent>? contents) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var content in contents ?? []) WriteContent(json, content);
        json.WriteEndArray();
    });

    private static void WriteContent(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        json.WriteString("type", content switch { TextContent => "text", DataContent or UriContent or HostedFileContent => "file", ErrorContent => "error", _ => content.GetType().Name });
        switch (content)
        {
            case TextContent { Text: var text }:
                json.WriteString("text", text);
                break;
            case DataContent data:
                json.WriteString("media_type", data.MediaType);
                if (ChatTools.IsText(data)) json.WriteString("text", Encoding.UTF8.GetString(data.Data.Span));
                break;
            case UriContent uri:
                json.WriteString("media_type", uri.MediaType);
                json.WriteString("url", uri.Uri.OriginalString);
                break;
            case HostedFileContent { Name: { } name }:
                json.WriteString("name", name);
                break;
        }
        json.WriteEndObject();
    }

    private static string TextOf(object value)
    {
        try
        {
            return value.ToString() ?? value.GetType().Name;
        }
        catch (Exception)
        {
            return value.GetType().Name;
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer)) value(json);
        return buffer.WrittenSpan.ToArray();
    }
}
