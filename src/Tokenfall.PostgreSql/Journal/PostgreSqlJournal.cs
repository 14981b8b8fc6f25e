using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Keeps the logs of runs in PostgreSQL.</summary>
internal sealed class PostgreSqlJournal(PostgreSqlStore store) : IRunJournal
{
    private readonly SegmentDays _days = new();

    public async ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        await using (var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false))
            await _days.EnsureAsync(connection, DayOf(record.Created), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (await InsertAsync(record, cancellationToken).ConfigureAwait(false)) return record.Id;
            // Null: the run that had the key has been deleted since.
            if (await FindAsync(record.Owner, record.Key!, cancellationToken).ConfigureAwait(false) is { } known) return known;
        }
    }

    public async ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // The last run of a day was recorded while that day was dropped.
            await RestoreDaysAsync(batch, cancellationToken).ConfigureAwait(false);
            await InsertAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return (await connection.QueryFirstOrDefaultAsync<RunRow>(new CommandDefinition(
            $"SELECT {RunRow.Columns} FROM tokenfall.runs WHERE id = @Id", new { Id = run.ToString() }, cancellationToken: cancellationToken)).ConfigureAwait(false))?.ToRecord();
    }

    public async ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<RunRow>(new CommandDefinition(
            $"SELECT {RunRow.Columns} FROM tokenfall.runs WHERE run_end IS NULL AND {PostgreSqlNode.IsGone} ORDER BY number LIMIT @max",
            new { max }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        // One statement sees one state: the end of the run is there if, and only if, its last segment is.
        var rows = connection.QueryUnbufferedAsync<SegmentRow>(
            """
            SELECT segments.first, segments.data, runs.run_end
            FROM tokenfall.runs JOIN tokenfall.segments ON segments.day = runs.day AND segments.run = runs.number
            WHERE runs.id = @Id AND segments.first >= coalesce(
                (SELECT max(first) FROM tokenfall.segments AS earlier WHERE earlier.day = runs.day AND earlier.run = runs.number AND earlier.first <= @next), 0)
            ORDER BY segments.first
            """,
            new { Id = run.ToString(), next = after + 1 });
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var segment = RunSegmentFormat.Decode(run, row.First, row.Data);
            if (segment.Last <= after) continue;
            yield return row.Run_End is not null && segment.Events[^1].Kind.IsTerminal() ? segment with { End = RunEndJson.Read(row.Run_End) } : segment;
        }
    }

    public async ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await SegmentDays.ListAsync(connection).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        // So many in one transaction.
        const int Rows = 1_000;
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var key = new { day = Text(day), Rows };
        if (await IsNeededAsync("run_end IS NULL").ConfigureAwait(false)) return 0;
        // The records first: a run without its segments would look as if it had said nothing.
        var deleted = 0;
        while (await DeleteSomeAsync().ConfigureAwait(false) is > 0 and var some) deleted += some;
        if (!await IsNeededAsync("true").ConfigureAwait(false)) await _days.DropAsync(connection, day, cancellationToken).ConfigureAwait(false);
        return deleted;

        Task<bool> IsNeededAsync(string condition) => connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            $"SELECT EXISTS (SELECT FROM tokenfall.runs WHERE day = @day::date AND {condition})", key, cancellationToken: cancellationToken));

        Task<int> DeleteSomeAsync() => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM tokenfall.runs WHERE number IN (SELECT number FROM tokenfall.runs WHERE day = @day::date AND run_end IS NOT NULL LIMIT @Rows)",
            key, cancellationToken: cancellationToken));
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static string Text(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private async ValueTask<bool> InsertAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var row = new
        {
            Id = record.Id.ToString(), Node = await store.NodeAsync(cancellationToken).ConfigureAwait(false), Day = Text(DayOf(record.Created)),
            Owner = StoredText.Encode(record.Owner), Scope = StoredText.Encode(record.Scope), RequestId = StoredText.Encode(record.RequestId),
            Model = StoredText.EncodeOrNull(record.Model), Created = record.Created.UtcDateTime,
            Key = StoredText.EncodeOrNull(record.Key?.Key), Fingerprint = StoredText.EncodeOrNull(record.Key?.Fingerprint),
        };
        return await store.WriteAsync(async (connection, transaction) =>
        {
            var added = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO tokenfall.runs (id, node, day, owner, scope, request_id, model, created, idempotency_key, fingerprint)
                VALUES (@Id, @Node, @Day::date, @Owner, @Scope, @RequestId, @Model, @Created, @Key, @Fingerprint)
                ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
                """,
                row, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (added > 0 && record.Turn is { } turn) await TurnWriter.BeginAsync(new MessageWriter(connection, transaction), record, turn).ConfigureAwait(false);
            return added > 0;
        }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RunId?> FindAsync(string owner, IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var known = await connection.QueryFirstOrDefaultAsync<RunRow>(new CommandDefinition(
            $"SELECT {RunRow.Columns} FROM tokenfall.runs WHERE owner = @Owner AND idempotency_key = @Key",
            new { Owner = StoredText.Encode(owner), Key = StoredText.Encode(key.Key) }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (known is null) return null;
        return StoredText.Decode(known.Fingerprint!) == key.Fingerprint ? RunRow.ParseId(known.Id) : throw new IdempotencyKeyConflictException();
    }

    private async ValueTask InsertAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => await store.WriteAsync(async (connection, transaction) =>
    {
        await SegmentAppender.AppendAsync(connection, transaction, batch, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken).ConfigureAwait(false);

    private async Task RestoreDaysAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        var created = await connection.QueryAsync<DateTime>(new CommandDefinition(
            "SELECT min(created) FROM tokenfall.runs WHERE id = ANY (@ids) GROUP BY day",
            new { ids = batch.Select(segment => segment.Run.ToString()).Distinct().ToArray() }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        foreach (var day in created) await SegmentDays.CreateAsync(connection, DayOf(day), cancellationToken).ConfigureAwait(false);
    }

    private sealed record SegmentRow(int First, byte[] Data, string? Run_End);
}
