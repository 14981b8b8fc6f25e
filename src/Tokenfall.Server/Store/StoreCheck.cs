using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Store;

/// <summary>Whether the data folder is there and can be written to, its keys work, and its database is sound.</summary>
/// <remarks>Anybody may ask, so it looks at most once a second. A database that is open stays readable after its file is gone: it is opened again.</remarks>
internal sealed partial class StoreCheck(DataFolder folder, IDataProtectionProvider protection, TimeProvider time, ILogger<StoreCheck> logger)
    : IHealthCheck, IDisposable
{
    private const string Probe = "ready-check";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private HealthCheckResult _last;
    private long? _lastTime;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastTime is { } last && time.GetElapsedTime(last) < Interval) return _last;
            var word = await LookAsync();
            // Once: whoever asks must not fill the log.
            if (word is not null && word != _last.Description) LogNotReady(word);
            _last = word is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(word);
            _lastTime = time.GetTimestamp();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "The server is not ready: {Problem}. Live streams continue.")]
    private partial void LogNotReady(string problem);

    private async Task<string?> LookAsync()
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
        if (!KeysWork()) return "the keys are damaged or missing";
        return await DatabaseAsync() is { } failure ? $"the database is {failure}" : null;
    }

    private bool KeysWork()
    {
        if (!folder.Keys.Exists) return false;
        try
        {
            // What is protected with is in memory for a day: the files are needed at the next start.
            var files = folder.Keys.GetFiles("key-*.xml");
            if (files.Length == 0) return false;
            foreach (var file in files) _ = XDocument.Load(file.FullName);
            var protector = protection.CreateProtector(Probe);
            return protector.Unprotect(protector.Protect(Probe)) == Probe;
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
