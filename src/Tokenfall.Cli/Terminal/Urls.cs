namespace Tokenfall.Cli.Terminal;

/// <summary>Addresses as people type them.</summary>
internal static class Urls
{
    /// <summary>Reads the http or https address of a server.</summary>
    /// <exception cref="CommandException">It is none; the message says what is wrong with it.</exception>
    public static Uri Parse(string text)
    {
        if (!Begins(text, "http://") && !Begins(text, "https://"))
            throw CommandException.Usage($"{text} begins with neither http:// nor https://. Write the whole address, such as http://localhost:8000/ask/stream.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw CommandException.Usage($"{text} is no address: its host or its port cannot be right. Write it like http://localhost:8000/ask/stream.");
        // The address is printed in reports that go into tickets.
        if (url.UserInfo.Length > 0)
            throw CommandException.Usage($"Leave the name and the password out of the address of {url.Host}. Give them with --header \"Authorization: Basic ...\".");
        if (url.Fragment.Length > 0)
            throw CommandException.Usage($"Leave {url.Fragment} out of the address: what follows a # is never sent to a server.");
        return url;
    }

    private static bool Begins(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
