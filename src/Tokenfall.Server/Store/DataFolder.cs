using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Store;

/// <summary>The folder that holds everything the server keeps. Other users of the machine cannot read it.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private DataFolder(string path) => Path = path;

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The SQLite database of accounts, sessions and keys.</summary>
    public string Database => File("tokenfall.db");

    /// <summary>The SQLite database of runs.</summary>
    public string Journal => File("journal.db");

    /// <summary>The folder of the data-protection keys, by which cookies stay valid across restarts.</summary>
    public DirectoryInfo Keys => new(File("keys"));

    /// <summary>The full path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The folder, which may be missing: it is created when a file is written.</summary>
    public static DataFolder At(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>Creates the folder and empty database files when they are missing, and denies other users access to them.</summary>
    /// <exception cref="StartupException">The folder cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        var folder = Create(path);
        try
        {
            folder.WriteNew("tokenfall.db", []);
            folder.WriteNew("journal.db", []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Unusable(e);
        }
        return folder;
    }

    /// <summary>Creates the folder when it is missing, and denies other users access to it.</summary>
    /// <exception cref="StartupException">The folder cannot be used.</exception>
    public static DataFolder Create(string path)
    {
        var folder = At(path);
        try
        {
            folder.CreatePrivately();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Unusable(e);
        }
    }

    /// <summary>Writes a file that only this user can read, unless it exists.</summary>
    public void WriteNew(string name, ReadOnlySpan<byte> content)
    {
        CreatePrivately();
        if (System.IO.File.Exists(File(name))) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // SQLite gives its journal files the mode of the database.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(File(name), options);
        file.Write(content);
    }

    /// <summary>What to throw when the folder cannot be used.</summary>
    public StartupException Unusable(Exception cause) =>
        new($"The data folder {Path} cannot be used: {cause.Message} Choose another with Tokenfall:Data, or change its permissions.", cause);

    private void CreatePrivately()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
            return;
        }

        Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
        var mode = System.IO.File.GetUnixFileMode(Path);
        if (mode.HasFlag(UnixFileMode.StickyBit))
            throw new IOException("it is shared with other users (such as /tmp).");
        if ((mode & Others) != 0)
            System.IO.File.SetUnixFileMode(Path, mode & ~Others);
    }
}
