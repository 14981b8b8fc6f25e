using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Makes a stored conversation of one that a client kept.</summary>
internal static class ConversationImport
{
    /// <exception cref="RequestProblemException">It is too long, or not a conversation.</exception>
    public static (Conversation Conversation, IReadOnlyList<ConversationMessage> Messages) Read(string id, ConversationChange body, TokenfallHttpOptions limits, DateTimeOffset now)
    {
        if (!RunId.TryParse(id, out _)) throw RequestProblems.BadConversation("The id in the address must be 22 characters of base64url: 128 random bits.");
        var sent = PromptValidator.CheckImport([.. (body.Messages ?? []).Select(PromptValidator.Message)], limits);
        var messages = new List<ConversationMessage>();
        foreach (var message in sent)
        {
            var isAnswer = message.Role == ChatRole.Assistant;
            messages.Add(new ConversationMessage(RunId.New().ToString(), messages.LastOrDefault()?.Id, isAnswer, now)
            {
                Parts = MessageParts.Of(message.Text),
                End = isAnswer ? new RunEnd { Status = RunStatus.Done } : null,
            });
        }
        var title = ConversationTitle.Clean(body.Title ?? "");
        return (new Conversation(id, title.Length is > 0 and <= ConversationTitle.MaxLength ? title : ConversationTitle.Of(sent[0].Text), now, now), messages);
    }
}
