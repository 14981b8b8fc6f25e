using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes images, PDFs and plain text (https://docs.claude.com/en/docs/build-with-claude/vision and .../pdf-support).</summary>
internal static class RequestMedia
{
    public static void Write(Utf8JsonWriter json, DataContent data, ChatRole role)
    {
        var isText = data.MediaType == "text/plain";
        json.WriteString("type", isText ? "document" : BlockOf(data.MediaType) ?? throw Unsupported.Content(data, role));
        json.WriteStartObject("source");
        json.WriteString("type", isText ? "text" : "base64");
        json.WriteString("media_type", data.MediaType);
        if (isText) json.WriteString("data", Encoding.UTF8.GetString(data.Data.Span));
        else json.WriteBase64String("data", data.Data.Span);
        json.WriteEndObject();
        if (data.Name is { Length: > 0 } name && data.MediaType is "application/pdf" or "text/plain") json.WriteString("title", name);
    }

    public static void Write(Utf8JsonWriter json, UriContent uri, ChatRole role)
    {
        // The provider fetches it: another scheme would be a file of its own machines.
        if (uri.Uri is not { IsAbsoluteUri: true, Scheme: "https" or "http" }) throw Unsupported.Content(uri, role);
        json.WriteString("type", BlockOf(uri.MediaType) ?? throw Unsupported.Content(uri, role));
        json.WriteStartObject("source");
        json.WriteString("type", "url");
        json.WriteString("url", uri.Uri.AbsoluteUri);
        json.WriteEndObject();
    }

    private static string? BlockOf(string mediaType) =>
        mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? "image" : mediaType == "application/pdf" ? "document" : null;
}
