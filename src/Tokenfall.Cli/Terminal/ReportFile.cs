using System.CommandLine;
using Spectre.Console;

namespace Tokenfall.Cli.Terminal;

/// <summary>The file that <c>--report</c> names. Its place is tried before the work, which may take an hour; the page is written after it.</summary>
internal sealed class ReportFile
{
    private readonly string _path;

    private ReportFile(string path) => _path = path;

    /// <summary>The option of every command that can write a page.</summary>
    /// <param name="description">What the page shows.</param>
    public static Option<string?> Option(string description) => new("--report") { Description = description };

    /// <summary>Tries the place; leaves no file there, and one that is there as it is.</summary>
    /// <param name="path">What the user named; null for no report.</param>
    /// <returns>Null when no report is asked for.</returns>
    /// <exception cref="CommandException">Nothing can be written there.</exception>
    public static ReportFile? At(string? path)
    {
        if (path is null) return null;
        try
        {
            var fullPath = Path.GetFullPath(path);
            // A link is the user's, even one that leads nowhere yet.
            var traceless = File.Exists(fullPath) || new FileInfo(fullPath).LinkTarget is not null ? FileOptions.None : FileOptions.DeleteOnClose;
            using var place = new FileStream(fullPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, traceless);
            return new(fullPath);
        }
        catch (Exception unwritable) when (IsOfThePlace(unwritable))
        {
            throw CommandException.Usage($"The report cannot be written: {unwritable.Message} Name a file in a folder that is there and that you may write to.");
        }
    }

    /// <summary>Writes the page, and says where it is. A failure is said, too, and not thrown: what was measured has been printed.</summary>
    /// <returns>Whether it is written.</returns>
    public async Task<bool> TryWriteAsync(Screen screen, string page)
    {
        try
        {
            await File.WriteAllTextAsync(_path, page);
        }
        catch (Exception unwritable) when (IsOfThePlace(unwritable))
        {
            screen.Progress.MarkupLineInterpolated($"[red]The report could not be written: {unwritable.Message}[/]");
            return false;
        }
        screen.Progress.WriteLine($"The report is in {_path}");
        return true;
    }

    private static bool IsOfThePlace(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException;
}
