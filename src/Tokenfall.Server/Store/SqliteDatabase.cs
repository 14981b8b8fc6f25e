using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Store;

/// <summary>The SQLite file in the data folder, with the files beside it.</summary>
/// <remarks>A database that is open stays readable after its file is gone: it is opened again for each look.</remarks>
internal sealed class SqliteDatabase(DataFolder folder, IDataProtectionProvider protection) : IDatabase, IDisposable
{
    private const string Probe = "ready-check";

    // Bytes: one page of the smallest size (https://sqlite.org/fileformat.html). SQLite takes less for an empty file.
    private const int SmallestDatabase = 512;

    private readonly StoreVersion _version = new(folder);
    private FolderLock? _lock;

    public string MendKeys => $"Restore the folder {folder.Keys.FullName} from a backup, or delete it: everybody then has to sign in again.";

    public async Task TakeAsync()
    {
        _lock ??= FolderLock.Take(folder);
        // What is left of a file that was cut short would otherwise pass for a new one, or be noticed much later.
        var length = new FileInfo(folder.Database).Length;
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Database, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (length is > 0 and < SmallestDatabase || await check.ExecuteScalarAsync() is not "ok")
            throw new StartupException(StoreFailure.Damaged(folder.Database).Sentence);
    }

    // Readers and the writer do not block each other then (https://sqlite.org/wal.html). EF does this only for a file that it creates
    // itself; the mode is a property of the file.
    public Task ConfigureAsync(TokenfallDb db) => db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal");

    public ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_version.Read());

    public async Task<string?> FindProblemAsync()
    {
        if (!File.Exists(folder.Database)) return "the database is missing";
        try
        {
            File.WriteAllText(folder.File(Probe), "ready");
            File.Delete(folder.File(Probe));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the data folder cannot be written to";
        }
        if (!AreKeysSound() || !KeyCheck.Works(protection)) return "the keys are damaged or missing";
        return await DatabaseAsync() is { } failure ? $"the database is {failure}" : null;
    }

    public StoreFailure? FailureOf(Exception? e) => StoreFailure.Of(e, folder);

    public void Dispose()
    {
        _version.Dispose();
        _lock?.Dispose();
    }

    // What is protected with is in memory for a day: the files are needed at the next start.
    private bool AreKeysSound()
    {
        if (!folder.Keys.Exists) return false;
        try
        {
            var files = folder.Keys.GetFiles("key-*.xml");
            foreach (var file in files) _ = XDocument.Load(file.FullName);
            return files.Length > 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    // Not from the pool: an open connection has read the file long ago.
    private async Task<string?> DatabaseAsync()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = folder.Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 1 };
        try
        {
            await using var connection = new SqliteConnection(settings.ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1 FROM AspNetUsers LIMIT 1; PRAGMA quick_check(1)";
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            return await reader.ReadAsync() && reader.GetString(0) == "ok" ? null : StoreFailure.Damaged(folder.Database).Word;
        }
        catch (SqliteException e)
        {
            return StoreFailure.Of(e, folder)!.Word;
        }
    }
}
