using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tokenfall.AspNetCore;

/// <summary>Configures Kestrel's listening sockets to detect vanished readers and to buffer little for stalled ones.</summary>
/// <remarks>
/// Accepted sockets inherit these options. All but keep-alive are Linux only; elsewhere connection rotation and the write timeout apply.
/// Without them the kernel retries for about 15 minutes when a peer drops off the network.
/// </remarks>
internal static class StreamingSockets
{
    private const int SolTcp = 6;
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowAt = 25;

    // Together with a heartbeat every 15 s, this detects a half-open connection within 30 s.
    private const int UserTimeoutMilliseconds = 15_000;

    // How much the kernel may buffer unsent. The log has the text anyway, once for all readers.
    private const int NotSentBytes = 16 * 1024;

    public static void Configure(SocketTransportOptions options)
    {
        var create = options.CreateBoundListenSocket;
        options.CreateBoundListenSocket = endpoint =>
        {
            var socket = create(endpoint);
            if (endpoint is IPEndPoint) Tune(socket);
            return socket;
        };
    }

    private static void Tune(Socket socket)
    {
        // Keep-alive covers idle connections; the user timeout covers those with data in flight.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        if (!OperatingSystem.IsLinux()) return;
        SetRaw(socket, TcpUserTimeout, UserTimeoutMilliseconds);
        SetRaw(socket, TcpNotSentLowAt, NotSentBytes);
    }

    private static void SetRaw(Socket socket, int option, int value)
    {
        try
        {
            socket.SetRawSocketOption(SolTcp, option, BitConverter.GetBytes(value));
        }
        catch (SocketException)
        {
            // The kernel or sandbox lacks the option. Rotation and the end of the run then limit how long a vanished reader stays.
        }
    }
}
