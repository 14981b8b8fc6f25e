using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Inserts segments by two prepared commands. What is stored already stays as it is.</summary>
internal sealed class SegmentAppender : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _end;

    public SegmentAppender(SqliteConnection connection, SqliteTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
        _insert = Prepare(connection, transaction, "INSERT OR IGNORE INTO segments (run, first, data) SELECT number, @first, @data FROM runs WHERE id = @id");
        _end = Prepare(connection, transaction, "UPDATE runs SET run_end = @end WHERE id = @id AND run_end IS NULL");
    }

    public void Append(RunSegment segment)
    {
        var id = segment.Run.ToString();
        if (segment.Events.Count > 0) Execute(_insert, ("@id", id), ("@first", segment.First), ("@data", RunSegmentFormat.Encode(segment)));
        if (segment.End is not null) Execute(_end, ("@id", id), ("@end", RunEndJson.Write(segment.End)));
        if (segment.Answer is not null) TurnWriter.End(_connection, _transaction, segment.Run, segment.Answer);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _end.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
