using System.Diagnostics;
using Npgsql;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Tests.PostgreSql;

/// <summary>A PostgreSQL server of the tests' own, of the newest version that is installed: its data in a temporary folder, and a socket there and nowhere else.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    // PostgreSQL refuses to run as root.
    private static readonly string[] Unprivileged = Environment.UserName == "root" ? ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"] : [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenfall-pg-");
    private ChildProcess? _process;

    public async Task InitializeAsync()
    {
        if (Unprivileged.Length > 0) await RunAsync("chown", "nobody:nogroup", _folder.FullName);
        await RunAsync([.. Unprivileged, Program("initdb"), "--pgdata", Data, "--username", "tokenfall", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]);
        await StartAsync();
    }

    /// <summary>Creates a database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    /// <summary>Starts the server, also again after <see cref="KillAsync"/>.</summary>
    public async Task StartAsync()
    {
        // What a crash of the machine would lose is no matter here, and the disk is slow.
        _process = ChildProcess.Start(Info([
            .. Unprivileged, Program("postgres"), "-D", Data, "-k", _folder.FullName, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB",
            "-c", "max_connections=50",
        ]));
        await _process.LineAsync(line => line.Contains("database system is ready to accept connections", StringComparison.Ordinal), Waiting.Limit);
    }

    /// <summary>Kills all processes of the server at once, as a crash of it does.</summary>
    public async Task KillAsync()
    {
        await _process!.SignalAsync("STOP");
        var children = (await File.ReadAllTextAsync($"/proc/{_process.Id}/task/{_process.Id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await RunAsync("/bin/sh", "-c", $"kill -KILL {_process.Id} {string.Join(' ', children)}");
        await _process.Exited.Soon();
        // Until the last has gone, the next server refuses to start.
        foreach (var child in children)
            while (File.Exists($"/proc/{child}/stat") && !(await File.ReadAllTextAsync($"/proc/{child}/stat")).Contains(") Z ", StringComparison.Ordinal)) await Task.Yield();
        await _process.DisposeAsync();
        _process = null;
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            // "Fast": it does not wait for its clients.
            await _process.SignalAsync("INT");
            await _process.Exited.Soon();
            await _process.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    private string ConnectionTo(string database) => $"Host={_folder.FullName};Username=tokenfall;Database={database};Maximum Pool Size=20";

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin", name)).FirstOrDefault(File.Exists) is { } found
            ? found : throw new InvalidOperationException($"{name} of PostgreSQL was not found. Run ./test, which installs it, or install the package postgresql yourself.");

    private ProcessStartInfo Info(string[] command) => new(command[0], command[1..]) { WorkingDirectory = _folder.FullName };

    private async Task RunAsync(params string[] command)
    {
        await using var process = ChildProcess.Start(Info(command));
        if (await process.Exited.Soon() != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed:\n{process.Output}");
    }
}
