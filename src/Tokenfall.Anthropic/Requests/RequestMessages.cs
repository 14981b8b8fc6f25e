using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes the conversation. System messages are not part of it: they go into the system prompt.</summary>
internal static class RequestMessages
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        var isEmpty = true;
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            if (IsSystem(message)) continue;
            var contents = message.Contents.Where(RequestContent.IsSent).ToList();
            if (contents.Count == 0) continue;
            isEmpty = false;
            json.WriteStartObject();
            json.WriteString("role", RoleOf(message));
            if (contents is [TextContent { Text: var text }]) json.WriteString("content", text);
            else WriteContents(json, contents, message.Role);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (isEmpty) throw Unsupported.Request("The request has no message with content. Send at least one from the user.");
    }

    public static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role.Value == "developer";

    public static IEnumerable<string> SystemTextsOf(ChatMessage message) =>
        message.Contents.Select(content => content is TextContent { Text: var text } ? text : throw Unsupported.Content(content, message.Role));

    private static void WriteContents(Utf8JsonWriter json, List<AIContent> contents, ChatRole role)
    {
        json.WriteStartArray("content");
        // The API wants a tool's result before anything else that the user says.
        foreach (var content in contents.OrderBy(content => content is FunctionResultContent ? 0 : 1)) RequestContent.Write(json, content, role);
        json.WriteEndArray();
    }

    private static string RoleOf(ChatMessage message) =>
        message.Role == ChatRole.Assistant ? "assistant"
        : message.Role == ChatRole.User || message.Role == ChatRole.Tool ? "user"
        : throw Unsupported.Request($"The Messages API has no role '{message.Role}'. Use system, user, assistant or tool.");
}
