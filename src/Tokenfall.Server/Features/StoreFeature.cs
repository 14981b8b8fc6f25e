using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary>The store of accounts, sessions, keys for programs and data-protection keys: SQLite and files in the data folder, or PostgreSQL.</summary>
internal static partial class StoreFeature
{
    // How long a writer of SQLite waits for another.
    private const int BusySeconds = 30;

    public static DataFolder AddStore(this WebApplicationBuilder builder, ServerOptions options)
    {
        var path = Path.Combine(builder.Environment.ContentRootPath, options.Data);
        var folder = options.Database is null ? DataFolder.Open(path) : DataFolder.At(path);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton<StoreWriter>();
        var protection = builder.Services.AddDataProtection().SetApplicationName("Tokenfall");
        if (options.KeyCertificate is not null) protection.ProtectKeysWithCertificate(Certificate(options, builder.Environment.ContentRootPath));
        if (options.Database is { } database) AddPostgreSql(builder.Services, database, protection);
        else AddSqlite(builder.Services, folder, protection);
        return folder;
    }

    /// <summary>Takes the store for this server alone, where only one may use it, and prepares what is in it.</summary>
    /// <exception cref="StartupException">Another server uses it, or what is in it cannot be used.</exception>
    public static async Task OpenStoreAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<IDatabase>();
        await database.TakeAsync();
        await app.MigrateStoreAsync();
        CheckKeys(app.Services.GetRequiredService<IDataProtectionProvider>(), database);
        if (app.Services.GetRequiredService<ServerOptions>() is { Database: not null, KeyCertificate: null }) LogUnencrypted(app.Logger);
    }

    /// <summary>Applies migrations; the database lets one process at a time do that.</summary>
    public static async Task MigrateStoreAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TokenfallDb>();
        // EF would create a PostgreSQL database that is missing, which is a mistake in a name more often than a wish.
        await db.Database.OpenConnectionAsync();
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
            await db.Database.MigrateAsync();
        await app.Services.GetRequiredService<IDatabase>().ConfigureAsync(db);
    }

    private static void AddSqlite(IServiceCollection services, DataFolder folder, IDataProtectionBuilder protection)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = folder.Database, DefaultTimeout = BusySeconds }.ConnectionString;
        services.AddDbContext<TokenfallDb>(db => db.UseSqlite(connection).ConfigureWarnings(BeQuiet));
        protection.PersistKeysToFileSystem(folder.Keys);
        services.AddSingleton<IDatabase, SqliteDatabase>();
    }

    private static void AddPostgreSql(IServiceCollection services, string connection, IDataProtectionBuilder protection)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException e)
        {
            throw new StartupException($"ConnectionStrings:Tokenfall cannot be read: {e.Message} Write it as Host=localhost;Database=tokenfall;Username=tokenfall;Password=...", e);
        }
        services.AddDbContext<TokenfallDb, PostgreSqlTokenfallDb>(db => db.UseNpgsql(
            connection, postgres => postgres.MigrationsHistoryTable("migrations", PostgreSqlTokenfallDb.Schema)).ConfigureWarnings(BeQuiet));
        protection.PersistKeysToDbContext<PostgreSqlTokenfallDb>();
        services.AddSingleton<IDatabase>(provider => new PostgreSqlDatabase(connection, provider.GetRequiredService<IDataProtectionProvider>()));
    }

    private static X509Certificate2 Certificate(ServerOptions options, string root)
    {
        var path = Path.Combine(root, options.KeyCertificate!);
        try
        {
            var certificate = path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(path) : X509CertificateLoader.LoadPkcs12FromFile(path, options.KeyCertificatePassword);
            return certificate.HasPrivateKey ? certificate : throw new StartupException($"The certificate {path} has no private key. Give Tokenfall:KeyCertificate one that has.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartupException($"The certificate of Tokenfall:KeyCertificate cannot be read: {e.Message} Check the file {path} and Tokenfall:KeyCertificatePassword.", e);
        }
    }

    // What fails is thrown, too, and whoever catches it decides what to say: a request of somebody who is not signed in must not write a line.
    private static void BeQuiet(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug));

    // A key that is damaged would otherwise be noticed at the first sign-in.
    private static void CheckKeys(IDataProtectionProvider protection, IDatabase database)
    {
        try
        {
            protection.CreateProtector("start").Protect("start");
        }
        catch (Exception e)
        {
            throw new StartupException($"The keys that protect cookies cannot be used: {e.GetBaseException().Message} {database.MendKeys}", e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The keys that protect cookies are not encrypted in the database: who reads its backups can forge cookies. Set Tokenfall:KeyCertificate")]
    private static partial void LogUnencrypted(ILogger logger);
}
