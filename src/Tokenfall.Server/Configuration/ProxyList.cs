using System.Net;

namespace Tokenfall.Server.Configuration;

/// <summary>Reads <c>Tokenfall:Proxies</c>: IP addresses and CIDR ranges, as a list or as one comma-separated string.</summary>
internal static class ProxyList
{
    /// <exception cref="StartupException">An entry is neither an address nor a range.</exception>
    public static IReadOnlyList<IPNetwork> Read(IConfigurationSection section)
    {
        IEnumerable<string?> entries = section.GetChildren().Select(child => child.Value);
        if (section.Value is { } line)
            entries = line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. entries.Select(Parse)];
    }

    private static IPNetwork Parse(string? entry)
    {
        if (IPAddress.TryParse(entry, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        if (IPNetwork.TryParse(entry, out var network))
            return network;
        throw new StartupException(
            $"Tokenfall:Proxies has \"{entry}\". Each entry is an IP address such as 10.0.0.5, or a range such as 10.0.0.0/8.");
    }
}
