using System.Buffers;
using System.CommandLine;

namespace Tokenfall.Cli.Terminal;

/// <summary>The options that authenticate a command, shared by all commands that send requests.</summary>
internal static class AccessOptions
{
    private const string Variable = "TOKENFALL_KEY";

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly Option<string?> Key = new("--key") { Description = $"API key, sent as a bearer token; or set {Variable}" };
    private static readonly Option<string[]> Header = new("--header") { Description = "Another request header, as 'Name: value'; may be repeated" };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Accept any certificate" };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Key, Header, Insecure]) command.Add(option);
    }

    /// <summary>Reads the options and the environment. An <c>Authorization</c> header wins over the key.</summary>
    /// <exception cref="CommandException">A header or the key cannot be sent.</exception>
    public static Access Read(ParseResult args)
    {
        KeyValuePair<string, string>[] headers = [.. (args.GetValue(Header) ?? []).Select(Parse)];
        var isGiven = headers.Any(header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        return new(isGiven ? null : KeyOf(args), headers, args.GetValue(Insecure));
    }

    private static string? KeyOf(ParseResult args)
    {
        var key = args.GetValue(Key) ?? Environment.GetEnvironmentVariable(Variable);
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~')) throw CommandException.Usage("The API key has characters that no key has, such as a space or a line break. Copy it again.");
        return string.IsNullOrEmpty(key) ? null : key;
    }

    private static KeyValuePair<string, string> Parse(string text)
    {
        if (text.Split(':', 2) is [{ Length: > 0 } name, var value] && !name.AsSpan().ContainsAnyExcept(NameCharacters) && !value.AsSpan().ContainsAny('\r', '\n', '\0'))
            return new(name, value.Trim());
        throw CommandException.Usage($"--header {text} is not a header. Write 'Name: value' on one line, such as 'X-Tenant: a'.");
    }
}
