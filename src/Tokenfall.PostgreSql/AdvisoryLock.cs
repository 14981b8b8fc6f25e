using System.Data;
using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>A lock of a session, which several processes agree on (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).</summary>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    // Other users of the database take advisory locks, too: "tkfl".
    private const int Ours = 0x746B666C;

    private readonly NpgsqlConnection _connection;
    private readonly int _number;

    private AdvisoryLock(NpgsqlConnection connection, int number) => (_connection, _number) = (connection, number);

    /// <summary>What is locked besides a number of a node, which is positive.</summary>
    public static class Of
    {
        public const int Schema = -1, Days = -2;
    }

    /// <summary>The numbers that somebody holds, as SQL.</summary>
    public static string Held { get; } =
        $"""
        SELECT objid::bigint FROM pg_locks
        WHERE locktype = 'advisory' AND classid::bigint = {Ours} AND objsubid = 2 AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Waits until nobody else has the lock, and takes it until this is disposed or the connection breaks.</summary>
    public static async Task<AdvisoryLock> TakeAsync(NpgsqlConnection connection, int number, CancellationToken cancellationToken)
    {
        // However long the other one needs.
        await connection.ExecuteAsync(
            new CommandDefinition("SELECT pg_advisory_lock(@Ours, @number)", new { Ours, number }, commandTimeout: 0, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return new AdvisoryLock(connection, number);
    }

    // Closing the connection would not do: the pool keeps it open.
    public async ValueTask DisposeAsync()
    {
        if (_connection.State == ConnectionState.Open)
            await _connection.ExecuteAsync("SELECT pg_advisory_unlock(@Ours, @number)", new { Ours, number = _number }).ConfigureAwait(false);
    }
}
