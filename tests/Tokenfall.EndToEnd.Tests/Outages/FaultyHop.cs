using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>A hop that passes bytes on, holds them back, or resets connections.</summary>
internal sealed class FaultyHop : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _passing = Passed();
    private volatile bool _resets;

    public FaultyHop(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Passes nothing on, in either direction, as when packets are lost: nobody is told, and senders go on once it is over.</summary>
    public void Drop() => _passing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Resets all connections, and new ones too.</summary>
    public void Reset()
    {
        _resets = true;
        foreach (var socket in _open.Keys) socket.Close(0);
    }

    public void Heal()
    {
        _resets = false;
        _passing.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Heal();
        Reset();
        await Task.WhenAll(_connections);
    }

    private static TaskCompletionSource Passed()
    {
        var passed = new TaskCompletionSource();
        passed.SetResult();
        return passed;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _connections.Add(RunAsync(await _listener.AcceptSocketAsync()));
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            (_open[client], _open[server]) = (0, 0);
            if (_resets) return;
            await _passing.Task;
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            foreach (var socket in new[] { client, server })
            {
                socket.Close(0);
                _open.TryRemove(socket, out _);
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                await _passing.Task;
                await to.SendAsync(buffer.AsMemory(0, read));
            }
            // An end is a packet, too.
            await _passing.Task;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
    }
}
