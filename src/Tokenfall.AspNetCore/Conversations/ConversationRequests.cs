using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Completes a request that names a stored conversation: what was said before comes from the store, not from the caller.</summary>
internal sealed class ConversationRequests(IConversationStore? store, RunManager runs, TokenfallHttpOptions options)
{
    /// <summary>The turn that a body names; null if it names none.</summary>
    /// <exception cref="RequestProblemException">An id is malformed, or something is missing.</exception>
    public static ConversationTurn? TurnOf(RunRequestBody body)
    {
        if (body.Conversation is null)
            return body.Parent is null && body.Question is null ? null : throw RequestProblems.BadConversation("Send conversation with parent or question.");
        CheckId(body.Conversation, "conversation");
        if (body.Parent is not null) CheckId(body.Parent, "parent");
        if (body.Question is not null) CheckId(body.Question, "question");
        var text = body.Prompt ?? (body.Messages is { Count: > 0 } messages ? messages[^1]?.Content : null);
        if (text is null && body.Question is null) throw RequestProblems.BadConversation("Send a prompt, or the id of a stored question that gets another answer.");
        return new ConversationTurn(body.Conversation, body.Question ?? RunId.New().ToString()) { Text = text?.Trim(), Parent = body.Parent };
    }

    /// <summary>What the model is sent: the branch, as much of it as fits, and the question.</summary>
    /// <exception cref="RequestProblemException">There is no such branch, or its last answer is still being written.</exception>
    public async Task<IReadOnlyList<ChatMessage>> MessagesAsync(HttpContext context, ConversationTurn turn)
    {
        if (store is null) throw RequestProblems.BadConversation("This application stores no conversations: it has no AddSqlite(). Send messages instead.");
        var owner = ConversationOwner.Of(context, options);
        var stored = await ReadAsync(context, owner, turn);
        var branch = ConversationHistory.BranchTo(stored, turn.Text is null ? turn.Question : turn.Parent) ?? throw RequestProblems.UnknownMessage();
        if (turn.Text is null) return Again(branch);
        if (branch is [.., var last]) CheckParent(last);
        return [.. ConversationHistory.Of(branch, options.MaxHistoryTokens), new ChatMessage(ChatRole.User, turn.Text)];
    }

    private IReadOnlyList<ChatMessage> Again(List<ConversationMessage> branch)
    {
        if (branch[^1].IsAnswer) throw RequestProblems.BadConversation("question names an answer. Send the id of a question.");
        return [.. ConversationHistory.Of(branch[..^1], options.MaxHistoryTokens), new ChatMessage(ChatRole.User, MessageParts.TextOf(branch[^1].Parts!))];
    }

    private async Task<IReadOnlyList<ConversationMessage>> ReadAsync(HttpContext context, string owner, ConversationTurn turn)
    {
        try
        {
            return UnstoredAnswers.Fill(await store!.ReadAsync(owner, turn.Conversation, context.RequestAborted), runs);
        }
        catch (Exception failure) when (store!.IsStoreFailure(failure))
        {
            throw new AdmissionException(AdmissionRejection.StoreUnavailable);
        }
    }

    private static void CheckParent(ConversationMessage parent)
    {
        if (!parent.IsAnswer) throw RequestProblems.BadConversation("parent names a question. Send the id of the answer that the new question follows.");
        if (parent.End is null) throw RequestProblems.AnswerUnfinished();
    }

    private static void CheckId(string id, string field)
    {
        if (!RunId.TryParse(id, out _)) throw RequestProblems.BadConversation($"{field} must be 22 characters of base64url: 128 random bits.");
    }
}
