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
    /// <param name="limits">How long the question and the conversation may be.</param>
    public static IReadOnlyList<ChatMessage> Check(IReadOnlyList<ChatMessage> messages, TokenfallHttpOptions limits)
    {
        if (messages.Count == 0) throw BadMessages("The list is empty; it needs at least the question.");
        if (messages.Count > limits.MaxMessages) throw TooManyMessages(messages.Count, limits.MaxMessages);
        // A system prompt, and what tools answered, come from code.
        if (messages.Any(message => message.Role != ChatRole.User && message.Role != ChatRole.Assistant))
            throw BadMessages("Only messages of the roles user and assistant are taken.");
        var question = messages[^1];
        if (question.Role != ChatRole.User) throw BadMessages("The last message must have the role user: it is the question.");
        // A question may also be made of images alone.
        var isTextOnly = question.Contents.All(content => content is TextContent);
        var prompt = Prompt(question.Text, limits.MaxPromptLength, isTextOnly);
        // Content beside the text stays as it came.
        if (question.Contents is [TextContent text] && text.Text != prompt) messages = [.. messages.SkipLast(1), WithText(question, text, prompt)];
        // A question alone has its own limit.
        if (messages.Count > 1) CheckLength(messages, limits.MaxConversationLength);
        return messages;
    }

    /// <summary>Checks a conversation that is stored and not answered.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="limits">How long it may be.</param>
    public static IReadOnlyList<ChatMessage> CheckImport(IReadOnlyList<ChatMessage> messages, TokenfallHttpOptions limits)
    {
        if (messages.Count == 0 || messages[0].Role != ChatRole.User) throw BadMessages("The list must begin with a question.");
        if (messages.Zip(messages.Skip(1)).Any(pair => pair.First.Role == pair.Second.Role)) throw BadMessages("Questions and answers must alternate.");
        if (messages.Count > limits.MaxMessages) throw TooManyMessages(messages.Count, limits.MaxMessages);
        CheckLength(messages, limits.MaxConversationLength);
        return messages;
    }

    public static DisconnectPolicy? Disconnect(string? name) => name switch
    {
        null or "" => null,
        "stop" => DisconnectPolicy.Stop,
        "continue" => DisconnectPolicy.Continue,
        "grace" => DisconnectPolicy.Grace,
        _ => throw RequestProblems.BadInput("bad_disconnect", "The disconnect policy is not known", "disconnect must be stop, continue or grace."),
    };

    private static void CheckLength(IReadOnlyList<ChatMessage> messages, int limit)
    {
        var length = messages.Sum(message => message.Contents.Sum(LengthOf));
        if (length > limit)
            throw RequestProblems.BadInput("conversation_too_long", "The conversation is too long", string.Create(
                CultureInfo.InvariantCulture, $"Its messages have {length:N0} characters; at most {limit:N0} are allowed. Start a new conversation, or leave out earlier messages."));
    }

    // Files are bounded by the body's size.
    private static long LengthOf(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent reasoning => reasoning.Text.Length,
        _ => 0,
    };

    private static RequestProblemException TooManyMessages(int count, int limit) => RequestProblems.BadInput(
        "too_many_messages", "The conversation has too many messages", string.Create(
            CultureInfo.InvariantCulture, $"It has {count:N0} messages; at most {limit:N0} are allowed. Start a new conversation, or leave out earlier messages."));

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

    public static ChatMessage Message(RunRequestMessage message, int index)
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
