using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Inserts segments by three prepared commands. What is stored already stays as it is.</summary>
internal sealed class SegmentAppender : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _end;
    private readonly SqliteCommand _count;

    public SegmentAppender(SqliteConnection connection, SqliteTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
        _insert = Prepare(connection, transaction,
            """
            INSERT OR IGNORE INTO segments (run, first, data) SELECT number, @first, @data FROM runs WHERE id = @id
            RETURNING (SELECT day FROM runs WHERE number = run)
            """);
        _end = Prepare(connection, transaction, "UPDATE runs SET run_end = @end WHERE id = @id AND run_end IS NULL");
        _count = Prepare(connection, transaction, "INSERT INTO days VALUES (@day, @bytes) ON CONFLICT (day) DO UPDATE SET bytes = bytes + excluded.bytes");
    }

    public void Append(IEnumerable<RunSegment> segments)
    {
        var bytes = new Dictionary<long, long>();
        foreach (var segment in segments)
        {
            var id = segment.Run.ToString();
            if (segment.Events.Count > 0) Insert(id, segment, bytes);
            if (segment.End is not null) Execute(_end, ("@id", id), ("@end", RunEndJson.Write(segment.End)));
            if (segment.Answer is not null) TurnWriter.End(_connection, _transaction, segment.Run, segment.Answer);
        }
        foreach (var (day, added) in bytes) Execute(_count, ("@day", day), ("@bytes", added));
    }

    public void Dispose()
    {
        _insert.Dispose();
        _end.Dispose();
        _count.Dispose();
    }

    private void Insert(string id, RunSegment segment, Dictionary<long, long> bytes)
    {
        var data = RunSegmentFormat.Encode(segment);
        if (Execute(_insert, ("@id", id), ("@first", segment.First), ("@data", data)) is long day) bytes[day] = bytes.GetValueOrDefault(day) + data.Length;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static object? Execute(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteScalar();
    }
}
