using System.Net;
using System.Net.Sockets;

namespace Tokenfall.Load.Tests.Wire;

public class TargetResolverTests
{
    [Fact]
    public async Task FirstReachable_ServerOnTheSecondAddress_IsFound()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var url = new Uri($"http://localhost:{((IPEndPoint)server.LocalEndpoint).Port}/ask");

        var target = await TargetResolver.FirstReachableAsync(url, [IPAddress.IPv6Loopback, IPAddress.Loopback], acceptAnyCertificate: false, default);

        Assert.Equal(IPAddress.Loopback, target.EndPoint.Address);
    }
}
