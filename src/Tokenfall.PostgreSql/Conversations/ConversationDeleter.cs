using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Deletes conversations with the records and logs of their runs, in a transaction.</summary>
internal sealed class ConversationDeleter(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    /// <summary>Deletes a conversation, or all of the owner's.</summary>
    /// <returns>What was deleted.</returns>
    public async Task<(int Conversations, int Messages, IReadOnlyList<RunId> Runs)> DeleteAsync(string owner, string? conversation)
    {
        var numbers = (await connection.QueryAsync<long>(
            "SELECT number FROM tokenfall.conversations WHERE owner = @owner AND (@id::text IS NULL OR id = @id) FOR UPDATE",
            new { owner = StoredText.Encode(owner), id = StoredText.EncodeOrNull(conversation) }, transaction).ConfigureAwait(false)).ToArray();
        var runs = (await connection.QueryAsync<string>(
            "SELECT id FROM tokenfall.messages WHERE conversation = ANY (@numbers) AND is_answer", new { numbers }, transaction).ConfigureAwait(false)).ToArray();
        await DeleteRunsAsync("id = ANY (@runs)", new { runs }).ConfigureAwait(false);
        var messages = await connection.ExecuteAsync("DELETE FROM tokenfall.messages WHERE conversation = ANY (@numbers)", new { numbers }, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("DELETE FROM tokenfall.conversations WHERE number = ANY (@numbers)", new { numbers }, transaction).ConfigureAwait(false);
        return (numbers.Length, messages, [.. runs.Select(id => RunId.TryParse(id, out var run) ? run : default)]);
    }

    /// <summary>Deletes all that is stored of an owner.</summary>
    public async Task<ErasedRecords> EraseAsync(string owner)
    {
        var key = new { owner = StoredText.Encode(owner) };
        var runs = await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM tokenfall.runs WHERE owner = @owner", key, transaction).ConfigureAwait(false);
        var (conversations, messages, _) = await DeleteAsync(owner, conversation: null).ConfigureAwait(false);
        await DeleteRunsAsync("owner = @owner", key).ConfigureAwait(false);
        return new ErasedRecords(conversations, messages, runs);
    }

    private async Task DeleteRunsAsync(string which, object parameters) => await connection.ExecuteAsync(
        $"""
        DELETE FROM tokenfall.segments USING tokenfall.runs WHERE segments.day = runs.day AND segments.run = runs.number AND runs.{which};
        DELETE FROM tokenfall.runs WHERE {which}
        """,
        parameters, transaction).ConfigureAwait(false);
}
