using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Conversations as JSON, in our spelling.</summary>
internal static class ConversationJson
{
    // It is served as JSON and never as a page's part; an export is read by people, too.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain)) write(json);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    public static void Write(Utf8JsonWriter json, ConversationPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("conversations");
        foreach (var conversation in page.Conversations)
        {
            json.WriteStartObject();
            WriteMembers(json, conversation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("next", page.Next);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Conversation conversation, IReadOnlyList<ConversationMessage> messages, PathString pathBase)
    {
        json.WriteStartObject();
        WriteMembers(json, conversation);
        json.WriteStartArray("messages");
        foreach (var message in messages) Write(json, message, pathBase);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteString("id", conversation.Id);
        json.WriteString("title", conversation.Title);
        json.WriteString("created", conversation.Created);
        json.WriteString("updated", conversation.Updated);
    }

    private static void Write(Utf8JsonWriter json, ConversationMessage message, PathString pathBase)
    {
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("parent", message.Parent);
        json.WriteString("role", message.IsAnswer ? "assistant" : "user");
        json.WriteString("created", message.Created);
        if (message.Parts is null) json.WriteNull("parts");
        else WriteParts(json, message.Parts);
        if (message.IsAnswer) WriteAnswer(json, message, pathBase);
        json.WriteEndObject();
    }

    // What only the provider can read is not for readers.
    private static void WriteParts(Utf8JsonWriter json, string parts)
    {
        using var stored = JsonDocument.Parse(parts);
        json.WriteStartArray("parts");
        foreach (var part in stored.RootElement.EnumerateArray())
            if (part.GetProperty("type").GetString() != "opaque") part.WriteTo(json);
        json.WriteEndArray();
    }

    private static void WriteAnswer(Utf8JsonWriter json, ConversationMessage message, PathString pathBase)
    {
        var end = message.End;
        json.WriteString("state", StateOf(end));
        if (end is null) json.WriteString("stream", pathBase.Add($"{message.Scope}/{message.Id}").ToUriComponent());
        if (end is null) return;
        if (end.StopReason is not null) json.WriteString("stop_reason", end.StopReason);
        if (end.Error is not null)
        {
            json.WriteString("code", end.Error.Code.ToWireName());
            json.WriteString("message", end.Error.Message);
            json.WriteBoolean("retryable", end.Error.Retryable);
        }
        if (end.Model is not null) json.WriteString("model", end.Model);
        if (end.Usage.TotalInputTokens is { } input) json.WriteNumber("input_tokens", input);
        if (end.Usage.TotalOutputTokens is { } output) json.WriteNumber("output_tokens", output);
        json.WriteString("usage", end.Quality.ToWireName());
    }

    private static string StateOf(RunEnd? end) => end?.Status switch
    {
        null => "writing",
        RunStatus.Done => "done",
        RunStatus.Stopped => "stopped",
        RunStatus.Abandoned => "abandoned",
        _ => "failed",
    };
}
