using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Tokenfall.Load;

/// <summary>Finds the address to connect to, once for all streams.</summary>
public static class TargetResolver
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Resolves a URL's host and returns its first address that accepts a connection: a name such as <c>localhost</c> has several, and a
    /// server may listen on only one of them.
    /// </summary>
    /// <param name="url">The URL of the streams.</param>
    /// <param name="acceptAnyCertificate">Whether to accept any TLS certificate.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>What to connect to.</returns>
    /// <exception cref="ServerUnreachableException">The name does not resolve, nothing answers, or the TLS handshake fails.</exception>
    public static async Task<StreamTarget> ResolveAsync(Uri url, bool acceptAnyCertificate, CancellationToken cancellationToken)
    {
        try
        {
            return await FirstReachableAsync(url, await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken), acceptAnyCertificate, cancellationToken);
        }
        catch (SocketException unknown)
        {
            throw new ServerUnreachableException($"{url.IdnHost} has no address: {unknown.Message}. Check the URL.", unknown);
        }
    }

    /// <summary>Returns the first of these addresses that accepts a connection.</summary>
    /// <exception cref="ServerUnreachableException">None does, or the TLS handshake fails.</exception>
    internal static async Task<StreamTarget> FirstReachableAsync(Uri url, IReadOnlyList<IPAddress> addresses, bool acceptAnyCertificate, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var address in addresses)
        {
            var target = new StreamTarget(new(address, url.Port), url.Scheme == Uri.UriSchemeHttps ? url.IdnHost : null, acceptAnyCertificate);
            try
            {
                await TryAsync(target, cancellationToken);
                return target;
            }
            catch (Exception broken) when (broken is AuthenticationException or IOException)
            {
                throw new ServerUnreachableException($"{url.Authority} answers, but {TlsFailure.Reason(broken)}.", broken);
            }
            catch (Exception gone) when (gone is SocketException || (gone is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure ??= gone;
            }
        }
        throw new ServerUnreachableException($"Nothing answers at {url.Authority} ({failure?.Message}). Check that the server is running and that the port is right.", failure);
    }

    private static async Task TryAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        await using var stream = await target.ConnectAsync(socket, timeout.Token);
    }
}
