using System.Net;

namespace Tokenfall.Server.Hosting;

/// <summary>Recognizes addresses that only this machine can reach.</summary>
internal static class Loopback
{
    /// <summary>Whether a host name or address is loopback: <c>localhost</c>, 127.0.0.0/8, <c>[::1]</c>. Makes no DNS lookup.</summary>
    public static bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether a listening address such as <c>http://127.0.0.1:8000</c> is loopback. Wildcards, other names and sockets are not.</summary>
    public static bool IsAddress(string address)
    {
        try
        {
            return IsHost(BindingAddress.Parse(address).Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
