using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Load;

/// <summary>Finds where to connect, once for all streams.</summary>
internal static class TargetSearch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Tries the addresses of a URL's host: a name such as <c>localhost</c> has several, and a server may listen on one of them.</summary>
    /// <param name="url">Where streams are asked for.</param>
    /// <param name="insecure">Take any certificate.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CommandException">The name is not known, nothing answers, or TLS does not come about.</exception>
    public static async Task<StreamTarget> FindAsync(Uri url, bool insecure, CancellationToken cancellationToken)
    {
        try
        {
            return await FirstAsync(url, await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken), insecure, cancellationToken);
        }
        catch (SocketException unknown)
        {
            throw CommandException.Unreachable($"There is no address for {url.IdnHost}: {unknown.Message}. Check the URL.", unknown);
        }
    }

    /// <summary>The first of these addresses at which something answers.</summary>
    public static async Task<StreamTarget> FirstAsync(Uri url, IReadOnlyList<IPAddress> addresses, bool insecure, CancellationToken cancellationToken)
    {
        Exception? silent = null;
        foreach (var address in addresses)
        {
            var target = new StreamTarget(new(address, url.Port), url.Scheme == Uri.UriSchemeHttps ? url.IdnHost : null, insecure);
            try
            {
                await TryAsync(target, cancellationToken);
                return target;
            }
            catch (Exception broken) when (broken is AuthenticationException or IOException)
            {
                throw CommandException.Unreachable($"{url.Authority} answers, but {TlsFailure.Reason(broken)}.", broken);
            }
            catch (Exception gone) when (gone is SocketException || (gone is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                silent ??= gone;
            }
        }
        throw CommandException.Unreachable($"Nothing answers at {url.Authority} ({silent?.Message}). Check that the server runs and that the port is right.", silent);
    }

    private static async Task TryAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await using var stream = await target.ConnectAsync(socket, patience.Token);
    }
}
