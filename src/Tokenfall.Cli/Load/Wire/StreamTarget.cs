using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Tokenfall.Cli.Load;

/// <summary>Where streams come from: an address, and TLS where the URL says https.</summary>
/// <param name="EndPoint">The server.</param>
/// <param name="TlsHost">The name that the certificate must have; null for plain HTTP.</param>
/// <param name="Insecure">Take any certificate.</param>
internal sealed record StreamTarget(IPEndPoint EndPoint, string? TlsHost = null, bool Insecure = false)
{
    /// <summary>Connects a socket to it.</summary>
    /// <returns>What to write to and read from; closes the socket with itself.</returns>
    public async ValueTask<Stream> ConnectAsync(Socket socket, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(EndPoint, cancellationToken);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (TlsHost is null) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(Tls(TlsHost), cancellationToken);
        return secure;
    }

    [SuppressMessage("Security", "CA5359", Justification = "The user asked for it with --insecure.")]
    private SslClientAuthenticationOptions Tls(string host) => new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = Insecure ? static (_, _, _, _) => true : null,
    };
}
