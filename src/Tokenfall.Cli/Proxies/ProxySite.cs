using System.Text.RegularExpressions;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Proxies;

/// <summary>The values that users set in the shipped configurations.</summary>
/// <param name="Host">The host name in the browser's address bar.</param>
/// <param name="UpstreamHost">The host that Tokenfall listens on: a name or an address, IPv6 in brackets.</param>
/// <param name="UpstreamPort">The port that Tokenfall listens on.</param>
/// <param name="Path">The path of the streams, without a trailing slash.</param>
internal sealed partial record ProxySite(string Host, string UpstreamHost, int UpstreamPort, string Path)
{
    /// <summary>The values in the files of <c>deploy/</c>.</summary>
    public static ProxySite Shipped { get; } = new("chat.example.com", "127.0.0.1", 8000, "/ask/stream");

    public string Upstream => $"{UpstreamHost}:{UpstreamPort}";

    /// <summary>Parses the options. They go into configuration files, so characters that could end a word there are rejected.</summary>
    /// <exception cref="CommandException">An option has an invalid value.</exception>
    public static ProxySite Read(string host, string upstream, string path)
    {
        if (!HostName().IsMatch(host)) throw CommandException.Usage($"--host \"{host}\" is not a host name. Write it as in the address bar, without scheme and port: chat.example.com");
        if (UpstreamAddress().Match(upstream) is not { Success: true } address || !int.TryParse(address.Groups["port"].Value, out var port) || port is < 1 or > 65535)
            throw CommandException.Usage($"--upstream \"{upstream}\" is not an address with a port. Write it as 127.0.0.1:8000");
        if (!StreamPath().IsMatch(path)) throw CommandException.Usage($"--path \"{path}\" is not the path of an endpoint. Write it as the application maps it: /ask/stream");
        return new(host, address.Groups["host"].Value, port, path.TrimEnd('/'));
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^(http://)?(?<host>[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]):(?<port>[0-9]{1,5})/?\z")]
    private static partial Regex UpstreamAddress();

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+/?\z")]
    private static partial Regex StreamPath();
}
