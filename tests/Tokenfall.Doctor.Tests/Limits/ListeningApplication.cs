using System.Net;
using System.Net.Sockets;

namespace Tokenfall.Doctor.Tests.Limits;

/// <summary>An application behind a proxy that only counts what reaches it.</summary>
internal sealed class ListeningApplication : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<long> _received;

    public ListeningApplication()
    {
        _listener.Start();
        _received = ReceiveAsync(_listener);
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Stops it.</summary>
    /// <returns>How many bytes came, on all connections.</returns>
    public Task<long> StopAsync(TimeSpan limit)
    {
        _listener.Stop();
        return _received.WaitAsync(limit);
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<long> ReceiveAsync(TcpListener application)
    {
        var bytes = 0L;
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var connection = await application.AcceptSocketAsync();
                while (await connection.ReceiveAsync(buffer) is > 0 and var count) bytes += count;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return bytes;
        }
    }
}
