using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>Brings a database up to date: the scripts in <c>Migrations/</c> that it has not seen. Of several processes that start at once, one does it.</summary>
internal static class PostgreSqlSchema
{
    /// <summary>The version that this code knows: the number of its last script.</summary>
    public const int Version = 10;

    // What partitions can do is from this version on.
    private static readonly Version OldestServer = new(14, 0);

    /// <exception cref="StoreUpgradeException">The server is too old, the schema is too new, or a script failed.</exception>
    public static async Task UpgradeAsync(NpgsqlDataSource source, string settings, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (connection.PostgreSqlVersion < OldestServer)
            throw new StoreUpgradeException($"The server {connection.Host} runs PostgreSQL {connection.PostgreSqlVersion}. Update it to {OldestServer.Major} or newer.");
        if (await connection.ExecuteScalarAsync<string>("SHOW server_encoding").ConfigureAwait(false) is not "UTF8" and var encoding)
            throw new StoreUpgradeException($"The database {connection.Database} has the encoding {encoding}, in which not every text can be stored. Create one with ENCODING 'UTF8'.");
        await using var alone = await AdvisoryLock.TakeAsync(connection, AdvisoryLock.Of.Schema, cancellationToken).ConfigureAwait(false);
        // A later version may have left tables that this one must not touch.
        if (await LowestVersionAsync(connection).ConfigureAwait(false) > Version)
            throw new StoreUpgradeException($"The database {connection.Database} was upgraded by a later version of Tokenfall and cannot be used by this one any more: update this application.");
        if (await connection.ExecuteScalarAsync<bool>("SELECT to_regnamespace('tokenfall') IS NULL").ConfigureAwait(false))
            await connection.ExecuteAsync("CREATE SCHEMA tokenfall").ConfigureAwait(false);
        var result = DeployChanges.To.PostgresqlDatabase(new NpgsqlConnectionStringBuilder(settings) { Pooling = false }.ConnectionString)
            .WithScriptsEmbeddedInAssembly(typeof(PostgreSqlSchema).Assembly)
            .JournalToPostgresqlTable("tokenfall", "schema_versions")
            .WithVariablesDisabled()
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new StoreUpgradeException($"The database {connection.Database} could not be upgraded: {result.Error.Message}", result.Error);
    }

    private static async Task<int> LowestVersionAsync(NpgsqlConnection connection) =>
        await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('tokenfall.schema_compatibility') IS NULL").ConfigureAwait(false)
            ? 0 : await connection.ExecuteScalarAsync<int>("SELECT lowest FROM tokenfall.schema_compatibility").ConfigureAwait(false);
}
