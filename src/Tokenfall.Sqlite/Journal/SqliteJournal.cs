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
                $"SELECT {Columns} FROM runs WHERE owner = @Owner AND idempotency_key = @Key", new { record.Owner, key.Key }, transaction);
            if (known is not null) return known.Fingerprint == key.Fingerprint ? known.RunId : throw new IdempotencyKeyConflictException();
        }
        connection.Execute(
            """
            INSERT INTO runs (id, owner, scope, request_id, model, created, idempotency_key, fingerprint)
            VALUES (@Id, @Owner, @Scope, @RequestId, @Model, @Created, @Key, @Fingerprint)
            """,
            new
            {
                Id = record.Id.ToString(), record.Owner, record.Scope, record.RequestId, record.Model,
                Created = record.Created.ToUnixTimeMilliseconds(), record.Key?.Key, record.Key?.Fingerprint,
            },
            transaction);
        TurnWriter.Begin(connection, transaction, record);
        return record.Id;
    }, cancellationToken, asOwner: true);

    public async ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => await store.WriteAsync((connection, transaction) =>
    {
        using var append = new SegmentAppender(connection, transaction);
        foreach (var segment in batch) append.Append(segment);
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
        if (connection.QueryFirstOrDefault<RunRow>($"SELECT {Columns} FROM runs WHERE id = @Id", new { Id = run.ToString() }) is not { } row) yield break;
        var segments = connection.Query<SegmentRow>(
            """
            SELECT first, data FROM segments
            WHERE run = @Number AND first >= coalesce((SELECT max(first) FROM segments WHERE run = @Number AND first <= @next), 0)
            ORDER BY first
            """,
            new { row.Number, next = after + 1 });
        foreach (var stored in segments)
        {
            var segment = RunSegmentFormat.Decode(run, (int)stored.First, stored.Data);
            if (segment.Last <= after) continue;
            yield return segment.Events[^1].Kind.IsTerminal() ? segment with { End = row.End } : segment;
        }
    }

    private sealed record SegmentRow(long First, byte[] Data);
}
