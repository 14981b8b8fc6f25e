using System.Net.Sockets;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>One connection through a <see cref="CuttingProxy"/>: both legs are reset when its budget is used up, or when one of them ends.</summary>
internal sealed class CutConnection(Socket client, int budget) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private int _budget = budget;

    public void CutAfter(int bytes)
    {
        lock (_lock) _budget = bytes;
        if (bytes == 0) Dispose();
    }

    public async Task RunAsync(Uri server)
    {
        try
        {
            client.NoDelay = _server.NoDelay = true;
            await _server.ConnectAsync(server.Host, server.Port);
            var legs = new[] { PassAsync(client, _server, spend: read => read), PassAsync(_server, client, Spend) };
            await Task.WhenAny(legs);
            Dispose();
            await Task.WhenAll(legs);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
        Dispose();
    }

    private static async Task PassAsync(Socket from, Socket to, Func<int, int> spend)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var read)
        {
            var allowed = spend(read);
            await to.SendAsync(buffer.AsMemory(0, allowed));
            if (allowed < read) return;
        }
    }

    private int Spend(int bytes)
    {
        lock (_lock)
        {
            var allowed = Math.Min(bytes, _budget);
            _budget -= allowed;
            return allowed;
        }
    }

    /// <summary>Resets both legs.</summary>
    public void Dispose()
    {
        // Closing with no time to linger sends a reset instead of an end (socket(7), SO_LINGER).
        client.Close(0);
        _server.Close(0);
    }
}
