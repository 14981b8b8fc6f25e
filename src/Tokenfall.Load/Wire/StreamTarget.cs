using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Tokenfall.Load;

/// <summary>The server to connect to: an address, and TLS where the URL says https.</summary>
/// <param name="EndPoint">The address.</param>
/// <param name="TlsHost">The name that the certificate must have; <see langword="null"/> for plain HTTP.</param>
/// <param name="AcceptAnyCertificate">Whether to accept any certificate.</param>
public sealed record StreamTarget(IPEndPoint EndPoint, string? TlsHost = null, bool AcceptAnyCertificate = false)
{
    /// <summary>Connects a socket to it.</summary>
    /// <param name="socket">A new socket of the address's family.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection; disposing it closes the socket.</returns>
    internal async ValueTask<Stream> ConnectAsync(Socket socket, CancellationToken cancellationToken)
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
        RemoteCertificateValidationCallback = AcceptAnyCertificate ? static (_, _, _, _) => true : null,
    };
}
