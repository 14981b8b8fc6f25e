using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>A PostgreSQL database. It is brought up to date, and told that this process lives, at its first use.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PostgreSqlStore : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private readonly string _settings;
    private readonly NpgsqlDataSource _source;
    private readonly string _begin;
    private readonly TimeProvider _time;
    private PostgreSqlNode? _node;

    /// <param name="settings">The connection string.</param>
    /// <param name="survivesCrash">Whether a commit waits for the database's disk, so that it survives a crash of the database or of its machine.</param>
    /// <param name="time">The clock.</param>
    public PostgreSqlStore(string settings, bool survivesCrash, TimeProvider time)
    {
        _settings = settings;
        _source = NpgsqlDataSource.Create(settings);
        // "off" loses the last commits at a crash, at most about 3 x wal_writer_delay of them, and never damages what is there.
        _begin = $"SET LOCAL synchronous_commit = {(survivesCrash ? "on" : "off")}";
        _time = time;
    }

    /// <summary>The number of this process, which its runs carry.</summary>
    public async ValueTask<int> NodeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _node) is { } node) return node.Number;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_node is null)
            {
                await PostgreSqlSchema.UpgradeAsync(_source, _settings, cancellationToken).ConfigureAwait(false);
                _node = await PostgreSqlNode.StartAsync(_source, _time, cancellationToken).ConfigureAwait(false);
            }
            return _node.Number;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Opens a connection. Dispose it.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await NodeAsync(cancellationToken).ConfigureAwait(false);
        return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the database in one transaction.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(_begin, transaction: transaction).ConfigureAwait(false);
        var result = await change(connection, transaction).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }
}
