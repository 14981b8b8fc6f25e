using System.CommandLine.Parsing;

namespace Tokenfall.Cli.Terminal;

/// <summary>Addresses as people type them.</summary>
internal static class Urls
{
    /// <summary>Reads an absolute http or https URL.</summary>
    public static Uri? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)) return url;
        result.AddError($"{text} is no http or https URL. Write the whole address, such as http://localhost:8000/ask/stream.");
        return null;
    }
}
