using System.Text.RegularExpressions;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Proxies;

/// <summary>What the shipped configurations leave to their reader.</summary>
/// <param name="Host">The name in the browser's address bar.</param>
/// <param name="UpstreamHost">Where Tokenfall listens: name or address, IPv6 in brackets.</param>
/// <param name="UpstreamPort">Where Tokenfall listens: port.</param>
/// <param name="Path">Of the streams, without a slash at its end.</param>
internal sealed partial record ProxySite(string Host, string UpstreamHost, int UpstreamPort, string Path)
{
    /// <summary>What the files in <c>deploy/</c> say.</summary>
    public static ProxySite Shipped { get; } = new("chat.example.com", "127.0.0.1", 8000, "/ask/stream");

    public string Upstream => $"{UpstreamHost}:{UpstreamPort}";

    /// <summary>Reads the options. What they say goes into configuration files, so nothing passes that could end a word there.</summary>
    /// <exception cref="CommandException">One of them is not of its form.</exception>
    public static ProxySite Read(string host, string upstream, string path)
    {
        if (!HostName().IsMatch(host)) throw CommandException.Usage($"--host \"{host}\" is no host name. Write it as in the address bar, without scheme and port: chat.example.com");
        if (UpstreamAddress().Match(upstream) is not { Success: true } address || !int.TryParse(address.Groups["port"].Value, out var port) || port is < 1 or > 65535)
            throw CommandException.Usage($"--upstream \"{upstream}\" is no address with a port. Write it as 127.0.0.1:8000");
        if (!StreamPath().IsMatch(path)) throw CommandException.Usage($"--path \"{path}\" is no path of an endpoint. Write it as the application maps it: /ask/stream");
        return new(host, address.Groups["host"].Value, port, path.TrimEnd('/'));
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^(http://)?(?<host>[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]):(?<port>[0-9]{1,5})/?\z")]
    private static partial Regex UpstreamAddress();

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+/?\z")]
    private static partial Regex StreamPath();
}
