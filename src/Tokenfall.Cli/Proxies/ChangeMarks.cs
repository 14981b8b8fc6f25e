using System.Text.RegularExpressions;

namespace Tokenfall.Cli.Proxies;

/// <summary>The comments of a configuration that say what to change.</summary>
internal static partial class ChangeMarks
{
    /// <summary>Takes away the marks of the values that were given.</summary>
    /// <param name="configuration">The text of the configuration.</param>
    /// <param name="host">Whether the host name was given.</param>
    /// <param name="upstream">Whether the address that Tokenfall listens on was given.</param>
    /// <param name="path">Whether the path of the streams was given.</param>
    public static string Remove(string configuration, bool host, bool upstream, bool path)
    {
        if (host) configuration = configuration.Replace("CHANGE: the host name", "The host name", StringComparison.Ordinal);
        if (upstream) configuration = configuration.Replace("CHANGE: where Tokenfall", "Where Tokenfall", StringComparison.Ordinal);
        if (path) configuration = Path().Replace(configuration, "");
        return host && upstream && path ? Headline().Replace(configuration, ".", 1) : configuration;
    }

    // A line of its own, or the end of one.
    [GeneratedRegex(@"(\n[ \t]*#)? CHANGE if the application maps another path\.")]
    private static partial Regex Path();

    [GeneratedRegex(@"(;|\.| and) [Cc]hange what is marked CHANGE\.")]
    private static partial Regex Headline();
}
