using System.CommandLine;
using Microsoft.Data.Sqlite;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Commands;

/// <summary><c>backup FOLDER</c>: a copy of the data folder that is whole, also while a server uses it.</summary>
internal sealed class BackupCommand(DataFolder folder, ServerOptions options)
{
    /// <summary>Describes the command to the command line.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    public static Command Create(string[] settings)
    {
        var target = new Argument<string>("folder") { Description = "The folder to make; it must not exist, or be empty" };
        var command = new Command("backup", "Copy the data folder to another, also while a server uses it") { target };
        command.SetAction((args, _) => ServerHost.RunCommandAsync<BackupCommand>(settings, backup => backup.RunAsync(args.GetRequiredValue(target))));
        return command;
    }

    public async Task<int> RunAsync(string path)
    {
        if (options.Database is not null)
            throw new StartupException("The server keeps everything in PostgreSQL, whose own tools make backups: pg_dump --format=custom --file=backup.dump, with the connection of ConnectionStrings:Tokenfall.");
        var target = PrepareTarget(path);
        foreach (var database in (string[])[folder.Database, folder.Journal]) await CopyAsync(database, target);
        var keys = target.CreateSubdirectory(folder.Keys.Name);
        foreach (var key in folder.Keys.Exists ? folder.Keys.GetFiles("*.xml") : []) key.CopyTo(Path.Combine(keys.FullName, key.Name));
        Console.WriteLine($"The data folder was copied to {target.FullName}. To restore it, stop the server and start it with Tokenfall:Data set to a copy of that folder.");
        return 0;
    }

    private static DirectoryInfo PrepareTarget(string path)
    {
        var target = new DirectoryInfo(path);
        if (target.Exists && target.EnumerateFileSystemInfos().Any())
            throw new StartupException($"The folder {target.FullName} is not empty. Name one that is empty, or does not exist.");
        // Created as a data folder is: for this user only.
        return new DirectoryInfo(DataFolder.Create(target.FullName).Path);
    }

    // A transaction of its own: https://sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause
    private static async Task CopyAsync(string database, DirectoryInfo target)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.Parameters.AddWithValue("$target", Path.Combine(target.FullName, Path.GetFileName(database)));
        await command.ExecuteNonQueryAsync();
    }
}
