using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Conversations in the database of the journal.</summary>
internal sealed class PostgreSqlConversationStore(PostgreSqlStore store) : IConversationStore
{
    private const string Number = "(SELECT number FROM tokenfall.conversations WHERE id = @id AND owner = @owner)";

    public async ValueTask<ConversationPage> ListAsync(string owner, string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = search is null ? null : IndexedWords.Query(search);
        if (search is not null && query is null) return new ConversationPage([], null);
        var position = ListPosition.Parse(after);
        var found = query is null ? "" : """
             AND (words @@ tokenfall.plain(@query)::tsquery
                  OR EXISTS (SELECT FROM tokenfall.messages WHERE conversation = conversations.number AND messages.words @@ tokenfall.plain(@query)::tsquery))
            """;
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var rows = (await connection.QueryAsync<ConversationRow>(new CommandDefinition(
            $"""
            SELECT {ConversationRow.Columns} FROM tokenfall.conversations
            WHERE owner = @owner AND (updated, number) < (@Updated, @Number){found}
            ORDER BY updated DESC, number DESC LIMIT @limit + 1
            """,
            new { owner = StoredText.Encode(owner), query, position.Updated, position.Number, limit }, cancellationToken: cancellationToken)).ConfigureAwait(false)).ToList();
        var next = rows.Count > limit ? new ListPosition(rows[limit - 1].Updated, rows[limit - 1].Number).ToString() : null;
        return new ConversationPage([.. rows.Take(limit).Select(row => row.ToConversation())], next);
    }

    public async ValueTask<Conversation?> FindAsync(string owner, string conversation, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await connection.QueryFirstOrDefaultAsync<ConversationRow>(new CommandDefinition(
            $"SELECT {ConversationRow.Columns} FROM tokenfall.conversations WHERE number = {Number}", Key(owner, conversation), cancellationToken: cancellationToken)).ConfigureAwait(false))?.ToConversation();
    }

    public async ValueTask<IReadOnlyList<ConversationMessage>> ReadAsync(string owner, string conversation, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<MessageRow>(new CommandDefinition(
            $"SELECT {MessageRow.Columns} FROM tokenfall.messages WHERE conversation = {Number} ORDER BY number",
            Key(owner, conversation), cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToMessage())];
    }

    public ValueTask<bool> ImportAsync(string owner, Conversation conversation, IReadOnlyList<ConversationMessage> messages, CancellationToken cancellationToken) =>
        store.WriteAsync(async (connection, transaction) =>
        {
            var writer = new MessageWriter(connection, transaction);
            var known = await writer.LockAsync(conversation.Id).ConfigureAwait(false);
            if (known is not null)
                return StoredText.Decode(known.Owner) == owner ? false : throw ConversationConflictException.InUse();
            await writer.AddAsync(conversation, owner).ConfigureAwait(false);
            var added = await writer.LockAsync(conversation.Id).ConfigureAwait(false);
            foreach (var message in messages) await writer.AddAsync(added!.Number, message).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    public ValueTask<bool> RenameAsync(string owner, string conversation, string title, CancellationToken cancellationToken) =>
        store.WriteAsync(async (connection, transaction) => await connection.ExecuteAsync(
            "UPDATE tokenfall.conversations SET title = @title, words = tokenfall.search_words(@words) WHERE id = @id AND owner = @owner",
            new { id = StoredText.Encode(conversation), owner = StoredText.Encode(owner), title = StoredText.Encode(title), words = IndexedWords.Of(title) }, transaction)
            .ConfigureAwait(false) > 0, cancellationToken);

    public ValueTask<ConversationDeletion> DeleteAsync(string owner, string? conversation, CancellationToken cancellationToken) =>
        store.WriteAsync(async (connection, transaction) =>
        {
            var (conversations, _, runs) = await new ConversationDeleter(connection, transaction).DeleteAsync(owner, conversation).ConfigureAwait(false);
            return new ConversationDeletion(conversations, runs);
        }, cancellationToken);

    public ValueTask<ErasedRecords> EraseAsync(string owner, CancellationToken cancellationToken) =>
        store.WriteAsync((connection, transaction) => new ConversationDeleter(connection, transaction).EraseAsync(owner), cancellationToken);

    public bool IsStoreFailure(Exception failure) => failure is NpgsqlException or IOException;

    private static object Key(string owner, string conversation) => new { id = StoredText.Encode(conversation), owner = StoredText.Encode(owner) };
}
