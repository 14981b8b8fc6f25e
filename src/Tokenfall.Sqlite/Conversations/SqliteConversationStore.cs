using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Conversations in the file of the journal.</summary>
internal sealed class SqliteConversationStore(SqliteStore store) : IConversationStore
{
    public async ValueTask<ConversationPage> ListAsync(string owner, string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = search is null ? null : SearchIndex.QueryOf(owner, search);
        if (search is not null && query is null) return new ConversationPage([], null);
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        var position = ListPosition.Parse(after);
        var found = query is null ? "" : """
             AND (number IN (SELECT rowid FROM title_search WHERE title_search MATCH @query)
                  OR number IN (SELECT conversation FROM messages WHERE number IN (SELECT rowid FROM text_search WHERE text_search MATCH @query)))
            """;
        var rows = connection.Query<ConversationRow>(
            $"""
            SELECT number, id, title, created, updated FROM conversations
            WHERE owner = @owner AND (updated, number) < (@Updated, @Number){found}
            ORDER BY updated DESC, number DESC LIMIT @limit + 1
            """,
            new { owner, query, position.Updated, position.Number, limit }).ToList();
        var next = rows.Count > limit ? new ListPosition(rows[limit - 1].Updated, rows[limit - 1].Number).ToString() : null;
        return new ConversationPage([.. rows.Take(limit).Select(row => row.ToConversation())], next);
    }

    public async ValueTask<Conversation?> FindAsync(string owner, string conversation, CancellationToken cancellationToken)
    {
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        return connection.QueryFirstOrDefault<ConversationRow>(
            "SELECT number, id, title, created, updated FROM conversations WHERE id = @conversation AND owner = @owner", new { owner, conversation })?.ToConversation();
    }

    public async ValueTask<IReadOnlyList<ConversationMessage>> ReadAsync(string owner, string conversation, CancellationToken cancellationToken)
    {
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        return [.. connection.Query<MessageRow>(
            """
            SELECT id, parent, is_answer, scope, created, parts, run_end FROM messages
            WHERE conversation = (SELECT number FROM conversations WHERE id = @conversation AND owner = @owner)
            ORDER BY number
            """,
            new { owner, conversation }).Select(row => row.ToMessage())];
    }

    public ValueTask<bool> ImportAsync(string owner, Conversation conversation, IReadOnlyList<ConversationMessage> messages, CancellationToken cancellationToken) =>
        store.WriteAsync((connection, transaction) => ConversationImport.Add(connection, transaction, owner, conversation, messages), cancellationToken);

    public ValueTask<bool> RenameAsync(string owner, string conversation, string title, CancellationToken cancellationToken) => store.WriteAsync((connection, transaction) =>
    {
        var number = connection.ExecuteScalar<long?>(
            "UPDATE conversations SET title = @title WHERE id = @conversation AND owner = @owner RETURNING number", new { owner, conversation, title }, transaction);
        if (number is not { } renamed) return false;
        SearchIndex.Remove(connection, transaction, SearchIndex.Titles, renamed);
        SearchIndex.Add(connection, transaction, SearchIndex.Titles, renamed, owner, title);
        return true;
    }, cancellationToken);

    public ValueTask<ConversationDeletion> DeleteAsync(string owner, string? conversation, CancellationToken cancellationToken) => store.WriteAsync((connection, transaction) =>
    {
        var conversations = connection.Query<long>(
            "SELECT number FROM conversations WHERE owner = @owner AND (@conversation IS NULL OR id = @conversation)", new { owner, conversation }, transaction).ToList();
        var runs = new List<RunId>();
        foreach (var number in conversations) runs.AddRange(Delete(connection, transaction, number));
        return new ConversationDeletion(conversations.Count, runs);
    }, cancellationToken);

    public ValueTask<ErasedRecords> EraseAsync(string owner, CancellationToken cancellationToken) => store.WriteAsync((connection, transaction) =>
    {
        var conversations = connection.Query<long>("SELECT number FROM conversations WHERE owner = @owner", new { owner }, transaction).ToList();
        var messages = connection.ExecuteScalar<int>("SELECT count(*) FROM messages WHERE conversation IN (SELECT number FROM conversations WHERE owner = @owner)", new { owner }, transaction);
        var key = new { owner = StoredText.Encode(owner) };
        var runs = connection.ExecuteScalar<int>("SELECT count(*) FROM runs WHERE owner = @owner", key, transaction);
        foreach (var number in conversations) Delete(connection, transaction, number);
        connection.Execute(
            """
            DELETE FROM segments WHERE run IN (SELECT number FROM runs WHERE owner = @owner);
            DELETE FROM runs WHERE owner = @owner;
            """,
            key, transaction);
        return new ErasedRecords(conversations.Count, messages, runs);
    }, cancellationToken);

    public bool IsStoreFailure(Exception failure) => failure is SqliteException or IOException;

    private static List<RunId> Delete(SqliteConnection connection, SqliteTransaction transaction, long number)
    {
        var runs = connection.Query<string>("SELECT id FROM messages WHERE conversation = @number AND is_answer = 1", new { number }, transaction).ToList();
        connection.Execute(
            """
            DELETE FROM segments WHERE run IN (SELECT number FROM runs WHERE id IN (SELECT id FROM messages WHERE conversation = @number AND is_answer = 1));
            DELETE FROM runs WHERE id IN (SELECT id FROM messages WHERE conversation = @number AND is_answer = 1);
            DELETE FROM text_search WHERE rowid IN (SELECT number FROM messages WHERE conversation = @number);
            DELETE FROM messages WHERE conversation = @number;
            DELETE FROM title_search WHERE rowid = @number;
            DELETE FROM conversations WHERE number = @number;
            """,
            new { number }, transaction);
        return [.. runs.Select(id => RunId.TryParse(id, out var run) ? run : default)];
    }
}
