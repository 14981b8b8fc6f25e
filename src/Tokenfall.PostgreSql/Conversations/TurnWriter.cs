namespace Tokenfall.PostgreSql;

/// <summary>Writes the question of a run that is recorded, and the place of its answer.</summary>
internal static class TurnWriter
{
    /// <exception cref="ConversationConflictException">The turn does not fit its conversation.</exception>
    public static async Task BeginAsync(MessageWriter writer, RunRecord record, ConversationTurn turn)
    {
        var conversation = await ConversationAsync(writer, record, turn).ConfigureAwait(false);
        if (turn.Text is not null) await AddQuestionAsync(writer, conversation, record, turn).ConfigureAwait(false);
        else await RequireAsync(writer, conversation, turn.Question, isAnswer: false).ConfigureAwait(false);
        await writer.AddAsync(conversation, new ConversationMessage(record.Id.ToString(), turn.Question, isAnswer: true, record.Created) { Scope = record.Scope }).ConfigureAwait(false);
        await writer.TouchAsync(conversation, record.Created).ConfigureAwait(false);
    }

    private static async Task<long> ConversationAsync(MessageWriter writer, RunRecord record, ConversationTurn turn)
    {
        var known = await writer.LockAsync(turn.Conversation).ConfigureAwait(false);
        if (known is null)
        {
            if (turn.Text is null || turn.Parent is not null) throw ConversationConflictException.Unknown();
            await writer.AddAsync(new Conversation(turn.Conversation, ConversationTitle.Of(turn.Text), record.Created, record.Created), record.Owner).ConfigureAwait(false);
            // Another process may have added it at the same time.
            known = await writer.LockAsync(turn.Conversation).ConfigureAwait(false) ?? throw ConversationConflictException.Unknown();
        }
        return StoredText.Decode(known.Owner) == record.Owner ? known.Number : throw ConversationConflictException.Unknown();
    }

    private static async Task AddQuestionAsync(MessageWriter writer, long conversation, RunRecord record, ConversationTurn turn)
    {
        if (turn.Parent is not null) await RequireAsync(writer, conversation, turn.Parent, isAnswer: true).ConfigureAwait(false);
        if (await writer.IsAnswerAsync(conversation, turn.Question).ConfigureAwait(false) is not null)
            throw ConversationConflictException.HasMessage(turn.Question);
        await writer.AddAsync(conversation, new ConversationMessage(turn.Question, turn.Parent, isAnswer: false, record.Created) { Parts = MessageParts.Of(turn.Text!) }).ConfigureAwait(false);
    }

    private static async Task RequireAsync(MessageWriter writer, long conversation, string message, bool isAnswer)
    {
        if (await writer.IsAnswerAsync(conversation, message).ConfigureAwait(false) != isAnswer)
            throw ConversationConflictException.NoMessage(message, isAnswer);
    }
}
