using System.Net;
using System.Net.Sockets;

namespace Tokenfall.Tests;

/// <summary>A server of bare sockets, for what only a real connection shows. Ends when it is disposed.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public RawServer(Func<RawConnection, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(Func<RawConnection, Task> serve)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                Connections++;
                open.Add(ServeOneAsync(socket, serve));
            }
        }
        catch (Exception ended) when (ended is SocketException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private static async Task ServeOneAsync(Socket socket, Func<RawConnection, Task> serve)
    {
        using var connection = new RawConnection(socket);
        await serve(connection);
    }
}
