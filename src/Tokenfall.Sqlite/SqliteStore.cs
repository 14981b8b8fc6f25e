using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>A SQLite file with one writer. It is opened, and brought up to date, at its first use.</summary>
/// <remarks>Thread-safe. Readers do not wait for the writer (write-ahead log, https://sqlite.org/wal.html).</remarks>
internal sealed class SqliteStore : IDisposable
{
    // How long a connection waits for another process, such as a backup.
    private const int BusySeconds = 5;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _synchronous;
    private readonly string _connection;
    private SqliteFileLock? _lock;
    private SqliteConnection? _writer;

    /// <param name="path">The file; relative to the working directory.</param>
    /// <param name="survivesPowerLoss">Whether a commit waits for the disk, not only for the operating system.</param>
    public SqliteStore(string path, bool survivesPowerLoss)
    {
        Path = System.IO.Path.GetFullPath(path);
        _synchronous = survivesPowerLoss ? "FULL" : "NORMAL";
        _connection = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = BusySeconds }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>Changes the file in one transaction, after all changes before it.</summary>
    /// <param name="change">Makes the changes.</param>
    /// <param name="cancellationToken">Cancels the wait for the changes before it.</param>
    /// <param name="asOwner">Whether to lock the file for this process first, which then keeps it: for what belongs to live runs.</param>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> change, CancellationToken cancellationToken, bool asOwner = false)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_writer is null) Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            if (asOwner) _lock ??= SqliteFileLock.Take(Path);
            var writer = _writer ??= OpenWriter();
            using var transaction = writer.BeginTransaction();
            var result = change(writer, transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Opens a connection to read from. Dispose it.</summary>
    public async ValueTask<SqliteConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _writer) is null) await WriteAsync((_, _) => true, cancellationToken).ConfigureAwait(false);
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connection));
        _lock?.Dispose();
        _turn.Dispose();
    }

    private SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            // What is deleted is overwritten: people ask for it to be gone.
            Execute(connection, $"PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = {_synchronous}; PRAGMA secure_delete = ON;");
            SqliteSchema.Upgrade(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
