using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes the calls of a conversation and what the tools answered.</summary>
internal static class RequestToolCalls
{
    public static void Write(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteString("type", "tool_use");
        json.WriteString("id", call.CallId);
        json.WriteString("name", call.Name);
        json.WriteStartObject("input");
        foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>())
        {
            json.WritePropertyName(name);
            WriteValue(json, value, $"the argument '{name}' of the tool call '{call.CallId}'");
        }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", result.CallId);
        if (result.Exception is not null) json.WriteBoolean("is_error", true);
        switch (result.Result)
        {
            case AIContent content:
                WriteContents(json, [content]);
                break;
            case IEnumerable<AIContent> contents:
                WriteContents(json, contents);
                break;
            // What the exception says is the application's, not the model's.
            case null when result.Exception is not null:
                json.WriteString("content", "The tool failed.");
                break;
            case string text:
                json.WriteString("content", text);
                break;
            case var value:
                json.WriteString("content", ToJson(value, result.CallId));
                break;
        }
    }

    private static void WriteContents(Utf8JsonWriter json, IEnumerable<AIContent> contents)
    {
        json.WriteStartArray("content");
        foreach (var content in contents) RequestContent.Write(json, content, ChatRole.Tool);
        json.WriteEndArray();
    }

    private static string ToJson(object? value, string callId)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer)) WriteValue(json, value, $"the result of the tool call '{callId}'");
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, string what)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        try
        {
            // Generated code where there is no reflection: then a type of the application's own has none, and that is said.
            var options = AIJsonUtilities.DefaultOptions;
            if (!options.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? type)) throw new NotSupportedException();
            JsonSerializer.Serialize(json, value, type);
        }
        catch (Exception unfit) when (unfit is NotSupportedException or JsonException or ArgumentException)
        {
            throw Unsupported.Request($"A {value.GetType().Name} cannot be written as JSON: {what}. Pass a JsonElement, a string, a number or a dictionary instead.");
        }
    }
}
