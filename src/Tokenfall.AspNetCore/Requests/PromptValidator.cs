using System.Globalization;

namespace Tokenfall.AspNetCore;

/// <summary>What a question must be like, and what to tell its sender when it is not.</summary>
internal static class PromptValidator
{
    public static IReadOnlyList<ModelMessage> Messages(RunRequestBody body, int maxPromptLength)
    {
        if (body.Messages is null) return [new ModelMessage(ModelRole.User, Prompt(body.Prompt, maxPromptLength))];
        if (body.Prompt is not null) throw BadMessages("Send prompt or messages, not both.");
        if (body.Messages.Count == 0) throw BadMessages("The list is empty; it needs at least the question.");
        var messages = body.Messages.Select(Message).ToList();
        if (messages[^1].Role != ModelRole.User) throw BadMessages("The last message must have the role user: it is the question.");
        messages[^1] = new ModelMessage(ModelRole.User, Prompt(messages[^1].Content, maxPromptLength));
        return messages;
    }

    public static DisconnectPolicy? Disconnect(string? name) => name switch
    {
        null or "" => null,
        "stop" => DisconnectPolicy.Stop,
        "continue" => DisconnectPolicy.Continue,
        "grace" => DisconnectPolicy.Grace,
        _ => throw RequestProblem.BadInput("bad_disconnect", "The disconnect policy is not known", "disconnect must be stop, continue or grace."),
    };

    private static string Prompt(string? text, int limit)
    {
        var prompt = text?.Trim() ?? "";
        if (prompt.Length == 0)
            throw RequestProblem.BadInput("prompt_empty", "The prompt is empty", "Write a question in the field prompt.");
        if (prompt.Length > limit)
            throw RequestProblem.BadInput("prompt_too_long", "The prompt is too long", string.Create(
                CultureInfo.InvariantCulture, $"It has {prompt.Length:N0} characters; at most {limit:N0} are allowed."));
        return prompt;
    }

    private static ModelMessage Message(RunRequestMessage message, int index)
    {
        if (message is null || string.IsNullOrWhiteSpace(message.Content)) throw BadMessages($"messages[{index}].content is missing or empty.");
        var role = message.Role switch
        {
            "user" => ModelRole.User,
            "assistant" => ModelRole.Assistant,
            _ => throw BadMessages($"messages[{index}].role must be user or assistant."),
        };
        return new ModelMessage(role, message.Content);
    }

    private static RequestProblemException BadMessages(string detail) => RequestProblem.BadInput("bad_messages", "The conversation is not usable", detail);
}
