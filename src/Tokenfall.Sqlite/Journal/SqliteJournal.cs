using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Keeps the logs of runs in a SQLite file.</summary>
internal sealed class SqliteJournal(SqliteStore store) : IRunJournal
{
    private const string Columns = "number, id, owner, scope, request_id, model, created, idempotency_key, fingerprint, run_end";

    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken) => store.WriteAsync((connection, transaction) =>
    {
        if (record.Key is { } key)
        {
            var known = connection.QueryFirstOrDefault<RunRow>(
                $"SELECT {Columns} FROM runs WHERE owner = @Owner AND idempotency_key = @Key", new { Owner = StoredText.Encode(record.Owner), Key = StoredText.Encode(key.Key) }, transaction);
            if (known is not null) return StoredText.Decode(known.Fingerprint!) == key.Fingerprint ? known.RunId : throw new IdempotencyKeyConflictException();
        }
        connection.Execute(
            """
            INSERT INTO runs (id, owner, scope, request_id, model, created, day, idempotency_key, fingerprint)
            VALUES (@Id, @Owner, @Scope, @RequestId, @Model, @Created, @Day, @Key, @Fingerprint)
            """,
            new
            {
                Id = record.Id.ToString(), Owner = StoredText.Encode(record.Owner), Scope = StoredText.Encode(record.Scope),
                RequestId = StoredText.Encode(record.RequestId), Model = StoredText.EncodeOrNull(record.Model),
                Created = record.Created.ToUnixTimeMilliseconds(), Day = DateOnly.FromDateTime(record.Created.UtcDateTime).DayNumber,
                Key = StoredText.EncodeOrNull(record.Key?.Key), Fingerprint = StoredText.EncodeOrNull(record.Key?.Fingerprint),
            },
            transaction);
        TurnWriter.Begin(connection, transaction, record);
        return record.Id;
    }, cancellationToken, asOwner: true);

    public async ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => await store.WriteAsync((connection, transaction) =>
    {
        using var append = new SegmentAppender(connection, transaction);
        append.Append(batch);
        return true;
    }, cancellationToken, asOwner: true).ConfigureAwait(false);

    public async ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken)
    {
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        return connection.QueryFirstOrDefault<RunRow>($"SELECT {Columns} FROM runs WHERE id = @Id", new { Id = run.ToString() })?.ToRecord();
    }

    public async ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken)
    {
        // The file is locked for this process, which has not started a run yet.
        await store.WriteAsync((_, _) => true, cancellationToken, asOwner: true).ConfigureAwait(false);
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        return [.. connection.Query<RunRow>($"SELECT {Columns} FROM runs WHERE run_end IS NULL ORDER BY number LIMIT @max", new { max }).Select(row => row.ToRecord())];
    }

    public async IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        // Both see one state: the end of the run is there if, and only if, its last segment is.
        using var transaction = connection.BeginTransaction(deferred: true);
        if (connection.QueryFirstOrDefault<RunRow>($"SELECT {Columns} FROM runs WHERE id = @Id", new { Id = run.ToString() }, transaction) is not { } row) yield break;
        var segments = connection.Query<SegmentRow>(
            """
            SELECT first, data FROM segments
            WHERE run = @Number AND first >= coalesce((SELECT max(first) FROM segments WHERE run = @Number AND first <= @next), 0)
            ORDER BY first
            """,
            new { row.Number, next = after + 1 }, transaction);
        foreach (var stored in segments)
        {
            var segment = RunSegmentFormat.Decode(run, (int)stored.First, stored.Data);
            if (segment.Last <= after) continue;
            yield return segment.Events[^1].Kind.IsTerminal() ? segment with { End = row.End } : segment;
        }
    }

    public async ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken)
    {
        using var connection = await store.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        // A run that has said nothing has a day, too.
        var days = connection.Query<(long Day, long Bytes)>("SELECT day, coalesce(bytes, 0) FROM (SELECT DISTINCT day FROM runs) LEFT JOIN days USING (day)");
        return [.. days.Select(day => new JournalDay(DateOnly.FromDayNumber((int)day.Day), day.Bytes))];
    }

    public async ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken) =>
        await DayDeletion.DeleteAsync(store, day.DayNumber, cancellationToken).ConfigureAwait(false);

    private sealed record SegmentRow(long First, byte[] Data);
}
