using System.Net;
using System.Net.Sockets;
using System.Text;
using Tokenfall.Doctor.Tests.Paths;

namespace Tokenfall.Doctor.Tests.Limits;

/// <summary>The shipped configurations let no body through that is larger than the application takes (1 MiB).</summary>
[Trait("Needs", "proxies")]
public class BodyLimitTests
{
    private const int Length = 8 * 1024 * 1024;

    // What may be on its way when a proxy has seen enough.
    private const int Slack = 512 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Proxies => [.. HealthyPaths.All.Keys.Where(name => HealthyPaths.All[name].Length > 0)];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Body_BeyondTheLimit_DoesNotReachTheApplication(string name)
    {
        using var application = new ListeningApplication();
        await using (var proxy = await HealthyPaths.All[name].Single()(application.Url)) await PostAsync(proxy.Http);

        Assert.InRange(await application.StopAsync(Limit), 0, 1024 * 1024 + Slack);
    }

    /// <summary>Sends a body, as much of it as is taken, and waits for the answer or the end of the connection.</summary>
    private static async Task PostAsync(Uri proxy)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, proxy.Port).WaitAsync(Limit);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /account/sign-in HTTP/1.1\r\nHost: {proxy.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Length}\r\n\r\n"));
        try
        {
            for (var sent = 0; sent < Length; sent += Slack) await stream.WriteAsync(new byte[Slack]).AsTask().WaitAsync(Limit);
            Assert.NotEqual(0, await stream.ReadAsync(new byte[1024]).AsTask().WaitAsync(Limit));
        }
        catch (IOException)
        {
            // Refused before it was sent to the end.
        }
    }
}
