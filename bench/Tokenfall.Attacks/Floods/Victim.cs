using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokenfall.Attacks.Floods;

/// <summary>The server under attack, as the attacker sees it.</summary>
/// <param name="port">Its port on 127.0.0.1.</param>
/// <param name="account">The attacker's own account.</param>
internal sealed class Victim(int port, Account account) : IDisposable
{
    private const string NoAnswer = "no answer";

    private readonly IPEndPoint _server = new(IPAddress.Loopback, port);

    /// <summary>The attacker's own account.</summary>
    public Account Account => account;

    /// <summary>A client without a memory for cookies.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
    };

    /// <summary>Sends a request of <see cref="Http"/>.</summary>
    /// <returns>The status.</returns>
    public async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await Http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Sends bytes over a connection of its own, reads what comes until the end or until it has waited long enough, and resets the connection.</summary>
    /// <param name="pieces">What to send; as much of it as is taken.</param>
    /// <param name="hold">How long to stay.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The status, or how it ended without one.</returns>
    public async Task<string> SendRawAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, TimeSpan hold, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new(enable: true, seconds: 0) };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(hold);
        var status = NoAnswer;
        try
        {
            await socket.ConnectAsync(_server, end.Token);
            await using var stream = new NetworkStream(socket);
            var reading = ReadAsync(stream, seen => status = seen, end.Token);
            foreach (var piece in pieces)
            {
                if (reading.IsCompleted) break;
                await stream.WriteAsync(piece, end.Token);
            }
            await reading;
            return status == NoAnswer ? "closed" : status;
        }
        catch (OperationCanceledException)
        {
            return status;
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            return status == NoAnswer ? "reset" : status;
        }
    }

    public void Dispose() => Http.Dispose();

    private static async Task ReadAsync(NetworkStream stream, Action<string> status, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var first = true;
        for (int bytes; (bytes = await stream.ReadAsync(buffer, cancellationToken)) > 0; first = false)
        {
            // "HTTP/1.1 200 OK"
            if (first && bytes >= 12) status(Encoding.ASCII.GetString(buffer, 9, 3));
        }
    }
}
