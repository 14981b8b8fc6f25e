using Dapper;
using DbUp;
using DbUp.Engine.Output;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Brings a file up to date: the scripts in <c>Migrations/</c> that it has not seen.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this code knows: the number of its last script.</summary>
    public const int Version = 10;

    /// <exception cref="StoreUpgradeException">The file is too new, or a script failed.</exception>
    public static void Upgrade(SqliteConnection connection)
    {
        // A later version may have left a file that this one must not touch.
        var lowest = LowestVersion(connection);
        if (lowest > Version)
            throw new StoreUpgradeException($"The file {connection.DataSource} was upgraded by a later version of Tokenfall and cannot be used by this one any more: update this application.");
        using var shared = new SharedConnection(connection);
        var result = DeployChanges.To.SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(typeof(SqliteSchema).Assembly)
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new StoreUpgradeException($"The file {connection.DataSource} could not be upgraded: {result.Error.Message}", result.Error);
    }

    private static int LowestVersion(SqliteConnection connection) =>
        connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_master WHERE name = 'schema_compatibility'") == 0
            ? 0 : connection.ExecuteScalar<int>("SELECT lowest FROM schema_compatibility");
}
