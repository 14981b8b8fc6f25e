namespace Tokenfall.Cli.Terminal;

/// <summary>Parses URLs that people type.</summary>
internal static class Urls
{
    /// <summary>Parses the http or https URL of a server.</summary>
    /// <exception cref="CommandException">It is not one; the message says what is wrong.</exception>
    public static Uri Parse(string text)
    {
        if (!Begins(text, "http://") && !Begins(text, "https://"))
            throw CommandException.Usage($"{text} does not begin with http:// or https://. Write the whole address, such as http://localhost:8000/ask/stream.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw CommandException.Usage($"{text} is not a valid address: check its host and its port. Write it like http://localhost:8000/ask/stream.");
        // The address is printed in reports, which end up in tickets.
        if (url.UserInfo.Length > 0)
            throw CommandException.Usage($"Remove the name and the password from the address of {url.Host}, and give them with --header \"Authorization: Basic ...\".");
        if (url.Fragment.Length > 0)
            throw CommandException.Usage($"Remove {url.Fragment} from the address: what follows a # is never sent to a server.");
        return url;
    }

    private static bool Begins(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
