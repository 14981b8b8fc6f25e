using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tokenfall.AspNetCore;

/// <summary>Sets up Kestrel's listening sockets so that vanished readers are found and stalled ones hold little.</summary>
/// <remarks>
/// Accepted sockets inherit these options. On Linux only, beyond keep-alive; elsewhere rotation and the write timeout bound both.
/// Without them the kernel keeps sending to a peer that fell off the network for about 15 minutes.
/// </remarks>
internal static class StreamingSockets
{
    private const int SolTcp = 6;
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowAt = 25;

    // With a heartbeat each 15 s this finds a half-open peer within 30 s.
    private const int UserTimeoutMilliseconds = 15_000;

    // What the kernel may hold unsent: beyond it the log holds the text anyway, once for all readers.
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
        // For connections with nothing in flight; the user timeout is for those with.
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
            // A kernel or sandbox without the option: vanished readers are then found by rotation and the run's end.
        }
    }
}
