using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Writes questions when runs are recorded, and answers when they end.</summary>
internal static class TurnWriter
{
    /// <exception cref="ConversationConflictException">The turn does not fit its conversation.</exception>
    public static void Begin(SqliteConnection connection, SqliteTransaction transaction, RunRecord record)
    {
        if (record.Turn is not { } turn) return;
        var now = record.Created.ToUnixTimeMilliseconds();
        var conversation = Conversation(connection, transaction, record.Owner, turn, now);
        if (turn.Text is not null) AddQuestion(connection, transaction, conversation, record.Owner, turn, now);
        else Require(connection, transaction, conversation, turn.Question, isAnswer: false);
        connection.Execute(
            "INSERT INTO messages (id, conversation, parent, is_answer, scope, created) VALUES (@Id, @conversation, @Question, 1, @Scope, @now)",
            new { Id = record.Id.ToString(), conversation, turn.Question, record.Scope, now }, transaction);
        connection.Execute("UPDATE conversations SET updated = @now WHERE number = @conversation", new { conversation, now }, transaction);
    }

    /// <summary>Stores an answer, unless one is stored already or its conversation is deleted.</summary>
    public static void End(SqliteConnection connection, SqliteTransaction transaction, RunId run, ConversationAnswer answer)
    {
        var stored = connection.QueryFirstOrDefault<OwnedRow>(
            """
            UPDATE messages SET parts = @Parts, run_end = @end WHERE id = @run AND is_answer = 1 AND run_end IS NULL
            RETURNING number, (SELECT owner FROM conversations WHERE number = conversation) AS owner
            """,
            new { run = run.ToString(), answer.Parts, end = RunEndJson.Write(answer.End) }, transaction);
        if (stored is not null) SearchIndex.Add(connection, transaction, SearchIndex.Texts, stored.Number, stored.Owner, answer.Text);
    }

    private static long Conversation(SqliteConnection connection, SqliteTransaction transaction, string owner, ConversationTurn turn, long now)
    {
        var known = connection.QueryFirstOrDefault<OwnedRow>("SELECT number, owner FROM conversations WHERE id = @Conversation", turn, transaction);
        if (known is not null) return known.Owner == owner ? known.Number : throw ConversationConflictException.Unknown();
        if (turn.Text is null || turn.Parent is not null) throw ConversationConflictException.Unknown();
        var title = ConversationTitle.Of(turn.Text);
        var number = connection.ExecuteScalar<long>(
            "INSERT INTO conversations (id, owner, title, created, updated) VALUES (@Conversation, @owner, @title, @now, @now) RETURNING number",
            new { turn.Conversation, owner, title, now }, transaction);
        SearchIndex.Add(connection, transaction, SearchIndex.Titles, number, owner, title);
        return number;
    }

    private static void AddQuestion(SqliteConnection connection, SqliteTransaction transaction, long conversation, string owner, ConversationTurn turn, long now)
    {
        if (turn.Parent is not null) Require(connection, transaction, conversation, turn.Parent, isAnswer: true);
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM messages WHERE conversation = @conversation AND id = @Question", new { conversation, turn.Question }, transaction) > 0)
            throw ConversationConflictException.HasMessage(turn.Question);
        var number = connection.ExecuteScalar<long>(
            "INSERT INTO messages (id, conversation, parent, is_answer, created, parts) VALUES (@Question, @conversation, @Parent, 0, @now, @parts) RETURNING number",
            new { turn.Question, conversation, turn.Parent, now, parts = MessageParts.Of(turn.Text!) }, transaction);
        SearchIndex.Add(connection, transaction, SearchIndex.Texts, number, owner, turn.Text!);
    }

    private static void Require(SqliteConnection connection, SqliteTransaction transaction, long conversation, string message, bool isAnswer)
    {
        var kind = connection.ExecuteScalar<long?>("SELECT is_answer FROM messages WHERE conversation = @conversation AND id = @message", new { conversation, message }, transaction);
        if (kind != (isAnswer ? 1 : 0)) throw ConversationConflictException.NoMessage(message, isAnswer);
    }

    private sealed record OwnedRow(long Number, string Owner);
}
