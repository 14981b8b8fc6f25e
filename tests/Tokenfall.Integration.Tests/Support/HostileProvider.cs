using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokenfall.Integration.Tests.Support;

/// <summary>A provider of bare sockets, which sends whatever it is told, also what no HTTP server would. Until disposed.</summary>
internal sealed class HostileProvider : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public HostileProvider()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What every connection gets, whatever it asks: the pieces, one after the other, until the client has enough.</summary>
    public IEnumerable<string> Answer { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(AnswerAsync(await _listener.AcceptSocketAsync(), Answer));
        }
        catch (Exception ended) when (ended is SocketException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private static async Task AnswerAsync(Socket socket, IEnumerable<string> answer)
    {
        using var connection = socket;
        try
        {
            // The request's last byte is the end of its JSON.
            for (var request = new byte[8192]; await connection.ReceiveAsync(request) is > 0 and var read && request[read - 1] != '}';) { }
            foreach (var piece in answer) await connection.SendAsync(Encoding.Latin1.GetBytes(piece));
            connection.Shutdown(SocketShutdown.Send);
            // Closed with something unread, it would be reset, and the client might not see all of it.
            for (var rest = new byte[8192]; await connection.ReceiveAsync(rest) > 0;) { }
        }
        catch (SocketException)
        {
            // The client has enough.
        }
    }
}
