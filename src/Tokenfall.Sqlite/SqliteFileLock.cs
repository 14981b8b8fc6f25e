namespace Tokenfall.Sqlite;

/// <summary>Held by the one process that writes to a file: another one would take its live runs for those of a dead process.</summary>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process has it.</exception>
    public static SqliteFileLock Take(string path)
    {
        try
        {
            return new(new FileStream($"{path}-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"The file {path} is used by another process. End that process, give this one a file of its own, or use AddPostgreSql() for several processes.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
