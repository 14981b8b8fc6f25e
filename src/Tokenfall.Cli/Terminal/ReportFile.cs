using System.CommandLine;
using Spectre.Console;

namespace Tokenfall.Cli.Terminal;

/// <summary>The file of <c>--report</c>. Checked before the work, which may take an hour, and written after it.</summary>
internal sealed class ReportFile
{
    private readonly string _path;

    private ReportFile(string path) => _path = path;

    /// <summary>The option of every command that can write a page.</summary>
    /// <param name="description">What the page shows.</param>
    public static Option<string?> Option(string description) => new("--report") { Description = description };

    /// <summary>Checks that the file can be written; does not create it, and does not change an existing one.</summary>
    /// <param name="path">The path that the user gave; null for no report.</param>
    /// <returns>Null when no report is wanted.</returns>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static ReportFile? At(string? path)
    {
        if (path is null) return null;
        try
        {
            var fullPath = Path.GetFullPath(path);
            // A link belongs to the user, even a dangling one.
            var options = File.Exists(fullPath) || new FileInfo(fullPath).LinkTarget is not null ? FileOptions.None : FileOptions.DeleteOnClose;
            using var file = new FileStream(fullPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, options);
            return new(fullPath);
        }
        catch (Exception unwritable) when (IsFileError(unwritable))
        {
            throw CommandException.Usage($"The report cannot be written: {unwritable.Message} Name a file in an existing folder that you may write to.");
        }
    }

    /// <summary>Writes the page and prints where it is. A failure is printed, not thrown: the results have been printed already.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryWriteAsync(Screen screen, string page)
    {
        try
        {
            await File.WriteAllTextAsync(_path, page);
        }
        catch (Exception unwritable) when (IsFileError(unwritable))
        {
            screen.Progress.MarkupLineInterpolated($"[red]The report could not be written: {unwritable.Message}[/]");
            return false;
        }
        screen.Progress.WriteLine($"The report is in {_path}");
        return true;
    }

    private static bool IsFileError(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException;
}
