using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Tokenfall.Tests.Processes;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Server.Tests.Http2;

/// <summary>What a client may do before there is a request.</summary>
[Collection(nameof(TlsServer))]
public sealed class TlsTests(TlsServer server) 
{
    /// <summary>Each would be a handshake for the price of a few bytes.</summary>
    [Fact]
    public async Task Renegotiation_IsRefused()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var client = ChildProcess.Start(
            new ProcessStartInfo("openssl", ["s_client", "-connect", $"{server.Address.Host}:{server.Address.Port}", "-tls1_2"]), "R\n");

        // It ends well when it has read all of its input, and the second handshake is done.
        Assert.NotEqual(0, await client.Exited.WaitAsync(Waiting.Limit));
        Assert.Contains("RENEGOTIATING", client.Output, StringComparison.Ordinal);
        await server.AssertServesAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("*.example")]
    [InlineData("a b\u0001")]
    [InlineData("[::1]")]
    [InlineData("xn--zzzzzzzzzz")]
    [InlineData("long")]
    public async Task ServerName_ThatIsNone_IsAnsweredAsAnyOtherOrRefused(string name)
    {
        using var socket = new TcpClient(server.Address.Host, server.Address.Port);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name == "long" ? string.Join('.', Enumerable.Repeat("xxxxxxxxx", 25)) : name,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Is(certificate),
            });
        }
        catch (Exception e) when (e is AuthenticationException or IOException or ArgumentException)
        {
        }

        await server.AssertServesAsync();
    }

    /// <summary>A connection that never says what it wants holds nobody up.</summary>
    [Fact]
    public async Task Handshakes_ThatAreHalfDone_HoldNobodyUp()
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < 200; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            // The beginning of a ClientHello.
            await socket.SendAsync(new byte[] { 0x16, 3, 1, 2, 0, 1, 0 });
            sockets.Add(socket);
        }

        await server.AssertServesAsync();
        foreach (var socket in sockets) socket.Dispose();
    }
}
