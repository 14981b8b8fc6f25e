using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary>The embedded SQLite store and the data-protection keys, both in the data folder.</summary>
internal static class StoreFeature
{
    // How long a writer waits for another.
    private const int BusySeconds = 30;

    // Bytes: one page of the smallest size (https://sqlite.org/fileformat.html). SQLite takes less for an empty file.
    private const int SmallestDatabase = 512;

    public static DataFolder AddStore(this WebApplicationBuilder builder, ServerOptions options)
    {
        var folder = DataFolder.Open(Path.Combine(builder.Environment.ContentRootPath, options.Data));
        var connection = new SqliteConnectionStringBuilder { DataSource = folder.Database, DefaultTimeout = BusySeconds }.ConnectionString;
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton<StoreWriter>();
        builder.Services.AddSingleton(_ => FolderLock.Take(folder));
        builder.Services.AddDbContext<TokenfallDb>(db => db.UseSqlite(connection).ConfigureWarnings(BeQuiet));
        builder.Services.AddDataProtection().SetApplicationName("Tokenfall").PersistKeysToFileSystem(folder.Keys);
        return folder;
    }

    /// <summary>Takes the folder for this server alone, and prepares what is in it.</summary>
    /// <exception cref="StartupException">Another server uses the folder, or what is in it cannot be used.</exception>
    public static async Task OpenStoreAsync(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<DataFolder>();
        // The container disposes it with the server.
        app.Services.GetRequiredService<FolderLock>();
        CheckKeys(app.Services.GetRequiredService<IDataProtectionProvider>(), folder);
        await app.CheckDatabaseAsync(folder);
        await app.MigrateStoreAsync();
    }

    // Before anything is written to it. What is left of a file that was cut short would otherwise pass for a new one, or be noticed much later.
    private static async Task CheckDatabaseAsync(this WebApplication app, DataFolder folder)
    {
        var length = new FileInfo(folder.Database).Length;
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database;
        await database.OpenConnectionAsync();
        await using var check = database.GetDbConnection().CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (length is > 0 and < SmallestDatabase || await check.ExecuteScalarAsync() is not "ok")
            throw new StartupException(StoreFailure.Damaged(folder.Database).Sentence);
    }

    /// <summary>Applies migrations, and switches to WAL mode, in which readers and the writer do not block each other (https://sqlite.org/wal.html).</summary>
    public static async Task MigrateStoreAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TokenfallDb>().Database;
        if ((await database.GetPendingMigrationsAsync()).Any())
            await database.MigrateAsync();
        // EF does this only for a file that it creates itself. The mode is a property of the file.
        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal");
    }

    // What fails is thrown, too, and whoever catches it decides what to say: a request of somebody who is not signed in must not write a line.
    private static void BeQuiet(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug));

    // A key that is damaged would otherwise be noticed at the first sign-in.
    private static void CheckKeys(IDataProtectionProvider protection, DataFolder folder)
    {
        try
        {
            protection.CreateProtector("start").Protect("start");
        }
        catch (Exception e)
        {
            throw new StartupException(
                $"The keys in {folder.Keys.FullName} cannot be used: {e.GetBaseException().Message} Restore that folder from a backup, or delete it: everybody then has to sign in again.", e);
        }
    }
}
