using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Tokenfall.Server.Store;

/// <summary>A PostgreSQL database, which several processes may use.</summary>
internal sealed class PostgreSqlDatabase : IDatabase, IAsyncDisposable
{
    // Who asks whether the server is ready does not wait for long.
    private const int ProbeSeconds = 2;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _probe;
    private readonly IDataProtectionProvider _protection;
    private NpgsqlConnection? _watcher;

    /// <param name="connectionString">Where it is.</param>
    /// <param name="protection">Uses the keys that it holds.</param>
    public PostgreSqlDatabase(string connectionString, IDataProtectionProvider protection)
    {
        _settings = new NpgsqlConnectionStringBuilder(connectionString);
        _probe = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = ProbeSeconds, CommandTimeout = ProbeSeconds }.ConnectionString;
        _protection = protection;
    }

    public string MendKeys =>
        "Give Tokenfall:KeyCertificate the certificate that they were encrypted by, restore the table tokenfall.\"DataProtectionKeys\" from a backup, or empty it: everybody then has to sign in again.";

    public Task TakeAsync() => Task.CompletedTask;

    public Task ConfigureAsync(TokenfallDb db) => Task.CompletedTask;

    public async ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_watcher is null)
            {
                _watcher = new NpgsqlConnection(_settings.ConnectionString);
                await _watcher.OpenAsync(cancellationToken);
            }
            // Triggers count it, in the transaction of each change.
            await using var command = new NpgsqlCommand("SELECT version FROM tokenfall.access_version", _watcher);
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task<string?> FindProblemAsync()
    {
        try
        {
            // Not from the pool: whoever starts now must get one.
            await using var connection = new NpgsqlConnection(_probe);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("""SELECT EXISTS (SELECT FROM tokenfall."AspNetUsers"), EXISTS (SELECT FROM tokenfall."DataProtectionKeys")""", connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetBoolean(1) && KeyCheck.Works(_protection) ? null : "the keys are damaged or missing";
        }
        catch (Exception e) when (FailureOf(e) is { } failure)
        {
            return $"the database is {failure.Word}";
        }
    }

    public StoreFailure? FailureOf(Exception? e) => PostgreSqlFailure.Of(e, _settings);

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null) await _watcher.DisposeAsync();
        _watcher = null;
    }
}
