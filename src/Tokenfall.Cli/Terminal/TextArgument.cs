namespace Tokenfall.Cli.Terminal;

/// <summary>Text given on the command line, or in a file named there.</summary>
internal static class TextArgument
{
    /// <summary>Returns the text; when it begins with <c>@</c>, that of the file.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static string Of(string text) => text.StartsWith('@') ? OfFile(text[1..]) : text;

    /// <summary>Reads a file.</summary>
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
