using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A hop that passes bytes on as they come, and resets connections where the test says.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<CutConnection, Task> _open = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private int _connections;

    public CuttingProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many bytes of its answer each new connection passes before it is reset.</summary>
    public Func<int> Budget { get; set; } = () => int.MaxValue;

    /// <summary>Resets the open connections once they have passed so many more bytes; at once when none.</summary>
    public void CutAfter(int bytes)
    {
        foreach (var connection in _open.Keys) connection.CutAfter(bytes);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        CutAfter(0);
        await Task.WhenAll(_open.Values).Soon();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            // The latter when it was stopped between two calls.
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
            Interlocked.Increment(ref _connections);
            var connection = new CutConnection(client, Budget());
            _open[connection] = RunAsync(connection);
        }
    }

    private async Task RunAsync(CutConnection connection)
    {
        await connection.RunAsync(_server);
        _open.TryRemove(connection, out _);
    }
}
