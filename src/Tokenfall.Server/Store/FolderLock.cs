using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Store;

/// <summary>Held by the one server that uses a data folder, for as long as its process lives. Commands do not need it.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked.</summary>
    public const string Name = "server.lock";

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StartupException">Another server has it, or the folder cannot be written to.</exception>
    public static FolderLock Take(DataFolder folder)
    {
        try
        {
            folder.WriteNew(Name, []);
            return new(new FileStream(folder.File(Name), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new StartupException(
                $"Another server uses the data folder {folder.Path}. Stop it, or give this one a folder of its own with Tokenfall:Data.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Unusable(e);
        }
    }

    private static bool IsHeld(IOException e) => Held.Contains(e.HResult);

    public void Dispose() => _file.Dispose();
}
