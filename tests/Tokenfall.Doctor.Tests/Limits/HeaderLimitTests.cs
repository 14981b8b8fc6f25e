using System.Net;
using System.Net.Sockets;
using System.Text;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Limits;

/// <summary>Headers that are too large, or never end, stay at the proxy.</summary>
[Trait("Needs", "proxies")]
public class HeaderLimitTests
{
    private const string Beginning = "GET /account/session HTTP/1.1\r\nHost: 127.0.0.1\r\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The shipped time to send the headers, and a shorter one, so that the test does not wait for it.
    private static readonly Dictionary<string, HopStart> Impatient = new()
    {
        ["nginx"] = Hops.Nginx(shipped => shipped.Substitute("client_header_timeout 10s;", "client_header_timeout 1s;")),
        ["HAProxy"] = Hops.HAProxy(shipped => shipped.Substitute("timeout http-request 10s", "timeout http-request 1s")),
        ["Caddy"] = Hops.Caddy(shipped => shipped.Substitute("read_header 10s", "read_header 1s")),
        ["Apache"] = Hops.Apache(shipped => shipped.Substitute("header=10-20", "header=1-2")),
    };

    public static TheoryData<string> Proxies => [.. Impatient.Keys];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Headers_BeyondTheLimit_DoNotReachTheApplication(string name)
    {
        using var application = new ListeningApplication();
        await using (var proxy = await HealthyPaths.All[name].Single()(application.Url))
            await SendAsync(proxy.Http, Beginning + string.Concat(Enumerable.Range(0, 100).Select(number => $"X-{number}: {new string('h', 1000)}\r\n")) + "\r\n");

        Assert.Equal(0, await application.StopAsync(Limit));
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Headers_ThatDoNotEnd_AreCutShortByTheProxy(string name)
    {
        using var application = new ListeningApplication();
        await using (var proxy = await Impatient[name](application.Url)) await SendAsync(proxy.Http, Beginning + "X-Slow: ");

        Assert.Equal(0, await application.StopAsync(Limit));
    }

    /// <summary>Sends the beginning of a request, and waits until the proxy closes the connection.</summary>
    private static async Task SendAsync(Uri proxy, string beginning)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, proxy.Port).WaitAsync(Limit);
        var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning)).AsTask().WaitAsync(Limit);
            while (await stream.ReadAsync(new byte[4096]).AsTask().WaitAsync(Limit) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: the same.
        }
    }
}
