using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes one content of a message as a block.</summary>
internal static class RequestContent
{
    /// <summary>Whether a content is part of what is asked: bookkeeping, empty text and another provider's reasoning are not.</summary>
    public static bool IsSent(AIContent content) => content switch
    {
        UsageContent => false,
        TextReasoningContent reasoning => RequestThinking.IsOurs(reasoning),
        TextContent { Text: var text } => text.Length > 0,
        _ => true,
    };

    public static void Write(Utf8JsonWriter json, AIContent content, ChatRole role)
    {
        var isAssistants = role == ChatRole.Assistant;
        json.WriteStartObject();
        switch (content)
        {
            case TextContent { Text: var text }:
                json.WriteString("type", "text");
                json.WriteString("text", text);
                break;
            case TextReasoningContent reasoning when isAssistants:
                RequestThinking.Write(json, reasoning);
                break;
            case FunctionCallContent call when isAssistants:
                RequestToolCalls.Write(json, call);
                break;
            case FunctionResultContent result when !isAssistants:
                RequestToolCalls.Write(json, result);
                break;
            case DataContent data when !isAssistants:
                RequestMedia.Write(json, data, role);
                break;
            case UriContent uri when !isAssistants:
                RequestMedia.Write(json, uri, role);
                break;
            default:
                throw Unsupported.Content(content, role);
        }
        json.WriteEndObject();
    }
}
