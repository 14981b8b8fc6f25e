using Dapper;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Tells other processes that this one lives: it holds a lock on a number of its own, for as long as its connection does.</summary>
internal sealed class PostgreSqlNode : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _holding;

    private PostgreSqlNode(NpgsqlDataSource source, int number, TimeProvider time, NpgsqlConnection connection, AdvisoryLock held)
    {
        _source = source;
        _time = time;
        Number = number;
        _holding = HoldAsync(connection, held);
    }

    public int Number { get; }

    /// <summary>Whether a run's process is gone, as SQL.</summary>
    public static string IsGone { get; } = $"node NOT IN ({AdvisoryLock.Held})";

    public static async Task<PostgreSqlNode> StartAsync(NpgsqlDataSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var number = await connection.ExecuteScalarAsync<int>("SELECT nextval('tokenfall.node_numbers')").ConfigureAwait(false);
            return new PostgreSqlNode(source, number, time, connection, await LockAsync(connection, number, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _holding.ConfigureAwait(false);
        _stop.Dispose();
    }

    // Without these the server would believe for hours in a machine that has lost its power.
    private static async Task<AdvisoryLock> LockAsync(NpgsqlConnection connection, int number, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3").ConfigureAwait(false);
        return await AdvisoryLock.TakeAsync(connection, number, cancellationToken).ConfigureAwait(false);
    }

    // A broken connection has lost the lock: it is taken again on another one.
    private async Task HoldAsync(NpgsqlConnection connection, AdvisoryLock held)
    {
        while (true)
        {
            try
            {
                await using (connection.ConfigureAwait(false))
                await using (held.ConfigureAwait(false))
                    // Nobody notifies: it waits for the connection to break.
                    while (true) await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or ObjectDisposedException)
            {
                if (await RetakeAsync().ConfigureAwait(false) is not { } again) return;
                (connection, held) = again;
            }
        }
    }

    private async Task<(NpgsqlConnection, AdvisoryLock)?> RetakeAsync()
    {
        while (true)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = await _source.OpenConnectionAsync(_stop.Token).ConfigureAwait(false);
                return (connection, await LockAsync(connection, Number, _stop.Token).ConfigureAwait(false));
            }
            catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException or TimeoutException)
            {
                if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
                if (_stop.IsCancellationRequested) return null;
            }
            await Task.Delay(RetryDelay, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
