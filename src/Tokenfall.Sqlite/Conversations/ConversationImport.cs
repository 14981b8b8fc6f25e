using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Writes a whole conversation at once.</summary>
internal static class ConversationImport
{
    /// <exception cref="ConversationConflictException">The id belongs to someone else's.</exception>
    public static bool Add(SqliteConnection connection, SqliteTransaction transaction, string owner, Conversation conversation, IReadOnlyList<ConversationMessage> messages)
    {
        var known = connection.QueryFirstOrDefault<string>("SELECT owner FROM conversations WHERE id = @Id", new { conversation.Id }, transaction);
        if (known is not null) return known == owner ? false : throw ConversationConflictException.InUse();
        var number = connection.ExecuteScalar<long>(
            "INSERT INTO conversations (id, owner, title, created, updated) VALUES (@Id, @owner, @Title, @created, @updated) RETURNING number",
            new { conversation.Id, owner, conversation.Title, created = Time(conversation.Created), updated = Time(conversation.Updated) }, transaction);
        SearchIndex.Add(connection, transaction, SearchIndex.Titles, number, owner, conversation.Title);
        foreach (var message in messages)
        {
            var row = connection.ExecuteScalar<long>(
                """
                INSERT INTO messages (id, conversation, parent, is_answer, scope, created, parts, run_end)
                VALUES (@Id, @number, @Parent, @IsAnswer, @Scope, @created, @Parts, @end) RETURNING number
                """,
                new
                {
                    message.Id, number, message.Parent, message.IsAnswer, message.Scope, created = Time(message.Created), message.Parts,
                    end = message.End is null ? null : RunEndJson.Write(message.End),
                },
                transaction);
            SearchIndex.Add(connection, transaction, SearchIndex.Texts, row, owner, MessageParts.TextOf(message.Parts!));
        }
        return true;
    }

    private static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
