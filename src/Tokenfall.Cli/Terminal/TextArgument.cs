namespace Tokenfall.Cli.Terminal;

/// <summary>Text that a user gives on the command line, or in a file that is named there.</summary>
internal static class TextArgument
{
    /// <summary>The text; of the file when it begins with <c>@</c>.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static string Of(string text) => text.StartsWith('@') ? OfFile(text[1..]) : text;

    /// <summary>The text of a file.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static string OfFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The file {file} cannot be read: {unreadable.Message}");
        }
    }
}
