using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Inserts conversations and messages, in a transaction.</summary>
internal sealed class MessageWriter(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    /// <summary>Adds a conversation, unless its id is in use.</summary>
    public Task AddAsync(Conversation conversation, string owner) => connection.ExecuteAsync(
        """
        INSERT INTO tokenfall.conversations (id, owner, title, created, updated, words)
        VALUES (@id, @owner, @title, @created, @updated, tokenfall.search_words(@words)) ON CONFLICT (id) DO NOTHING
        """,
        new
        {
            id = StoredText.Encode(conversation.Id), owner = StoredText.Encode(owner), title = StoredText.Encode(conversation.Title),
            created = Time(conversation.Created), updated = Time(conversation.Updated), words = IndexedWords.Of(conversation.Title),
        },
        transaction);

    /// <summary>Finds a conversation of anybody, and keeps other transactions from changing it until this one is over.</summary>
    public Task<ConversationRow?> LockAsync(string conversation) => connection.QueryFirstOrDefaultAsync<ConversationRow>(
        $"SELECT {ConversationRow.Columns} FROM tokenfall.conversations WHERE id = @id FOR UPDATE", new { id = StoredText.Encode(conversation) }, transaction);

    /// <summary>Adds a message.</summary>
    /// <param name="conversation">The number of its conversation.</param>
    /// <param name="message">The message; without parts, its run is writing it.</param>
    public Task AddAsync(long conversation, ConversationMessage message) => connection.ExecuteAsync(
        """
        INSERT INTO tokenfall.messages (id, conversation, parent, is_answer, scope, created, parts, run_end, words)
        VALUES (@id, @conversation, @parent, @IsAnswer, @scope, @created, @Parts, @end, tokenfall.search_words(@words))
        """,
        new
        {
            id = StoredText.Encode(message.Id), conversation, parent = StoredText.EncodeOrNull(message.Parent), message.IsAnswer, scope = StoredText.EncodeOrNull(message.Scope),
            created = Time(message.Created), message.Parts, end = message.End is null ? null : RunEndJson.Write(message.End),
            words = message.Parts is null ? null : IndexedWords.Of(MessageParts.TextOf(message.Parts)),
        },
        transaction);

    /// <summary>Whether a message is an answer; null if there is no such message.</summary>
    public Task<bool?> IsAnswerAsync(long conversation, string message) => connection.ExecuteScalarAsync<bool?>(
        "SELECT is_answer FROM tokenfall.messages WHERE conversation = @conversation AND id = @id", new { conversation, id = StoredText.Encode(message) }, transaction);

    /// <summary>Notes that a conversation has a new message.</summary>
    public Task TouchAsync(long conversation, DateTimeOffset now) => connection.ExecuteAsync(
        "UPDATE tokenfall.conversations SET updated = @now WHERE number = @conversation", new { conversation, now = Time(now) }, transaction);

    /// <summary>Stores an answer, unless one is stored already or its conversation is deleted.</summary>
    public Task EndAsync(RunId run, ConversationAnswer answer) => connection.ExecuteAsync(
        """
        UPDATE tokenfall.messages SET parts = @Parts, run_end = @end, words = tokenfall.search_words(@words)
        WHERE id = @id AND is_answer AND run_end IS NULL
        """,
        new { id = run.ToString(), answer.Parts, end = RunEndJson.Write(answer.End), words = IndexedWords.Of(answer.Text) }, transaction);

    private static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
