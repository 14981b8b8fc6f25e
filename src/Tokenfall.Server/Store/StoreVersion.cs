using Microsoft.Data.Sqlite;

namespace Tokenfall.Server.Store;

/// <summary>Tells whether anything in the store was changed, by this process or another one, for the price of a look into shared memory.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class StoreVersion(DataFolder folder) : IDisposable
{
    private SqliteConnection? _connection;

    /// <summary>Reads a number that is another one after each change.</summary>
    /// <exception cref="SqliteException">The database cannot be read. What is read later cannot be compared to what was read before.</exception>
    public long Read()
    {
        try
        {
            _connection ??= Open();
            using var command = _connection.CreateCommand();
            // Of the commits of other connections only, so this one is never used for anything else (https://sqlite.org/pragma.html#pragma_data_version).
            command.CommandText = "PRAGMA data_version";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }
}
