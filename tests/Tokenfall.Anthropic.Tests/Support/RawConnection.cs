using System.Globalization;
using System.Net.Sockets;

namespace Tokenfall.Tests;

/// <summary>One accepted connection that speaks HTTP/1.1 by hand.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private const string Headers = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// <summary>A whole answer in one piece, its end included.</summary>
    public static string WholeAnswer { get; } = Headers + Chunk(Wire.Whole(Wire.Text("a"))) + "0\r\n\r\n";

    /// <summary>An answer's beginning.</summary>
    public static string FirstText { get; } = Headers + Chunk(Wire.Stream(Wire.Start, Wire.Text("a")));

    public static string Chunk(byte[] bytes) =>
        $"{bytes.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{Encoding.UTF8.GetString(bytes)}\r\n";

    /// <summary>Reads a request; false when the client has closed the connection.</summary>
    public async Task<bool> ReadRequestAsync()
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        // The request's body is JSON, and its last bytes are always these.
        while (!request.ToString().EndsWith("}]}", StringComparison.Ordinal))
        {
            var read = await ReadAsync(buffer);
            if (read == 0) return false;
            request.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        return true;
    }

    public async Task WriteAsync(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Completes when the client closes.</summary>
    public async Task ClosedAsync() => Assert.Equal(0, await ReadAsync(new byte[1]));

    /// <summary>Breaks the connection: the client sees a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
