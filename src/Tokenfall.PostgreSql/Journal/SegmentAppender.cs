using Npgsql;
using NpgsqlTypes;

namespace Tokenfall.PostgreSql;

/// <summary>Inserts a batch of segments by two statements, however many there are. What is stored already stays as it is.</summary>
internal static class SegmentAppender
{
    private const string Insert =
        """
        INSERT INTO tokenfall.segments (day, run, first, data)
        SELECT runs.day, runs.number, added.first, added.data
        FROM unnest($1, $2, $3) AS added (id, first, data) JOIN tokenfall.runs ON runs.id = added.id
        ON CONFLICT DO NOTHING
        """;

    private const string End =
        """
        UPDATE tokenfall.runs SET run_end = ended.run_end
        FROM unnest($1, $2) AS ended (id, run_end)
        WHERE runs.id = ended.id AND runs.run_end IS NULL
        """;

    public static async Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<RunSegment> all, CancellationToken cancellationToken)
    {
        // One without events brings the answer of a run whose log is lost.
        var segments = all.Where(segment => segment.Events.Count > 0).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(
            Insert,
            Array(NpgsqlDbType.Text, segments.Select(segment => segment.Run.ToString())),
            Array(NpgsqlDbType.Integer, segments.Select(segment => segment.First)),
            Array(NpgsqlDbType.Bytea, segments.Select(RunSegmentFormat.Encode))));
        if (all.Where(segment => segment.End is not null).ToList() is { Count: > 0 } ended)
            batch.BatchCommands.Add(Command(
                End,
                Array(NpgsqlDbType.Text, ended.Select(segment => segment.Run.ToString())),
                Array(NpgsqlDbType.Text, ended.Select(segment => RunEndJson.Write(segment.End!)))));
        // Npgsql remembers it, so that this asks the server once for each connection.
        await batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var writer = new MessageWriter(connection, transaction);
        foreach (var segment in all)
            if (segment.Answer is not null) await writer.EndAsync(segment.Run, segment.Answer).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
