using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>The partitions of the segments, one for each day. They come and go beside the writers, which never wait for that.</summary>
internal sealed class SegmentDays
{
    private const string Prefix = "segments_", Form = "yyyyMMdd";

    // Those that this process has seen. The day after each of them is there as well.
    private readonly ConcurrentDictionary<DateOnly, bool> _known = new();

    /// <summary>Makes sure that segments of runs of this day can be stored, and those of the next day.</summary>
    public async ValueTask EnsureAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        if (_known.ContainsKey(day)) return;
        await CreateAsync(connection, day, cancellationToken).ConfigureAwait(false);
        _known[day] = true;
    }

    /// <summary>As <see cref="EnsureAsync"/>, also when this process has seen them.</summary>
    public static async Task CreateAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        await using var alone = await AdvisoryLock.TakeAsync(connection, AdvisoryLock.Of.Days, cancellationToken).ConfigureAwait(false);
        foreach (var one in (DateOnly[])[day, day.AddDays(1)])
        {
            if (await ExistsAsync(connection, one).ConfigureAwait(false)) continue;
            // CREATE TABLE ... PARTITION OF would lock out the writers, and wait for a backup before that; attaching does neither.
            await connection.ExecuteAsync(
                $"""
                BEGIN;
                CREATE TABLE {Table(one)} (LIKE tokenfall.segments INCLUDING ALL);
                ALTER TABLE tokenfall.segments ATTACH PARTITION {Table(one)} FOR VALUES FROM ('{one:yyyy-MM-dd}') TO ('{one.AddDays(1):yyyy-MM-dd}');
                COMMIT
                """).ConfigureAwait(false);
        }
    }

    /// <summary>All days, and how many bytes each takes on the disk.</summary>
    public static async Task<IReadOnlyList<JournalDay>> ListAsync(NpgsqlConnection connection)
    {
        var rows = await connection.QueryAsync<(string Name, long Bytes)>(
            """
            SELECT relname::text, pg_total_relation_size(oid) FROM pg_class
            WHERE relnamespace = 'tokenfall'::regnamespace AND relkind = 'r' AND relname ~ '^segments_[0-9]{8}$'
            """).ConfigureAwait(false);
        return [.. rows.Select(row => new JournalDay(DateOnly.ParseExact(row.Name[Prefix.Length..], Form, CultureInfo.InvariantCulture), row.Bytes))];
    }

    public async Task DropAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        _known.TryRemove(day, out _);
        await using var alone = await AdvisoryLock.TakeAsync(connection, AdvisoryLock.Of.Days, cancellationToken).ConfigureAwait(false);
        // Dropping a partition would lock out the writers; detaching it first does not. What was cut short is done to its end.
        if (await DetachPendingAsync(connection, day).ConfigureAwait(false) is { } pending)
            await connection.ExecuteAsync($"ALTER TABLE tokenfall.segments DETACH PARTITION {Table(day)} {(pending ? "FINALIZE" : "CONCURRENTLY")}").ConfigureAwait(false);
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {Table(day)}").ConfigureAwait(false);
    }

    private static string Table(DateOnly day) => $"tokenfall.{Prefix}{day.ToString(Form, CultureInfo.InvariantCulture)}";

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, DateOnly day) =>
        connection.ExecuteScalarAsync<bool>("SELECT to_regclass(@table) IS NOT NULL", new { table = Table(day) });

    // Null: it is not attached.
    private static Task<bool?> DetachPendingAsync(NpgsqlConnection connection, DateOnly day) =>
        connection.QuerySingleOrDefaultAsync<bool?>("SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass(@table)", new { table = Table(day) });
}
