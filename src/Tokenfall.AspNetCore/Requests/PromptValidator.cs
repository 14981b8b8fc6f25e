using System.Globalization;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Checks conversations and settings, and says what is wrong with them.</summary>
internal static class PromptValidator
{
    /// <summary>The conversation in a body of our own protocol.</summary>
    public static IReadOnlyList<ChatMessage> Messages(RunRequestBody body)
    {
        if (body.Messages is null) return [new ChatMessage(ChatRole.User, body.Prompt)];
        if (body.Prompt is not null) throw BadMessages("Send prompt or messages, not both.");
        return [.. body.Messages.Select(Message)];
    }

    /// <summary>Checks a conversation of any protocol, and trims its question.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="maxPromptLength">Longest question, in UTF-16 code units.</param>
    public static IReadOnlyList<ChatMessage> Check(IReadOnlyList<ChatMessage> messages, int maxPromptLength)
    {
        if (messages.Count == 0) throw BadMessages("The list is empty; it needs at least the question.");
        // A system prompt, and what tools answered, come from code.
        if (messages.Any(message => message.Role != ChatRole.User && message.Role != ChatRole.Assistant))
            throw BadMessages("Only messages of the roles user and assistant are taken.");
        var question = messages[^1];
        if (question.Role != ChatRole.User) throw BadMessages("The last message must have the role user: it is the question.");
        // A question may also be made of images alone.
        var isTextOnly = question.Contents.All(content => content is TextContent);
        var prompt = Prompt(question.Text, maxPromptLength, isTextOnly);
        // Content beside the text stays as it came.
        return question.Contents is [TextContent text] && text.Text != prompt ? [.. messages.SkipLast(1), WithText(question, text, prompt)] : messages;
    }

    public static DisconnectPolicy? Disconnect(string? name) => name switch
    {
        null or "" => null,
        "stop" => DisconnectPolicy.Stop,
        "continue" => DisconnectPolicy.Continue,
        "grace" => DisconnectPolicy.Grace,
        _ => throw RequestProblems.BadInput("bad_disconnect", "The disconnect policy is not known", "disconnect must be stop, continue or grace."),
    };

    private static ChatMessage WithText(ChatMessage message, TextContent content, string text)
    {
        var copy = message.Clone();
        copy.Contents = [new TextContent(text) { Annotations = content.Annotations, AdditionalProperties = content.AdditionalProperties, RawRepresentation = content.RawRepresentation }];
        return copy;
    }

    private static string Prompt(string? text, int limit, bool isRequired)
    {
        var prompt = text?.Trim() ?? "";
        if (prompt.Length == 0 && isRequired)
            throw RequestProblems.BadInput("prompt_empty", "The prompt is empty", "Write a question in the field prompt.");
        if (prompt.Length > limit)
            throw RequestProblems.BadInput("prompt_too_long", "The prompt is too long", string.Create(
                CultureInfo.InvariantCulture, $"It has {prompt.Length:N0} characters; at most {limit:N0} are allowed."));
        return prompt;
    }

    private static ChatMessage Message(RunRequestMessage message, int index)
    {
        if (message is null || string.IsNullOrWhiteSpace(message.Content)) throw BadMessages($"messages[{index}].content is missing or empty.");
        var role = message.Role switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            _ => throw BadMessages($"messages[{index}].role must be user or assistant."),
        };
        return new ChatMessage(role, message.Content);
    }

    private static RequestProblemException BadMessages(string detail) => RequestProblems.BadInput("bad_messages", "The conversation is not usable", detail);
}
