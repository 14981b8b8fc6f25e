using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Server.Tests.Http2;

/// <summary>A connection on which frames are written as they are given, right or wrong (RFC 9113), and read only when asked for.</summary>
internal sealed class Http2Connection : IAsyncDisposable
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, Continuation = 9;
    public const byte EndStream = 1, EndHeaders = 4;

    private readonly SslStream _tls;

    private Http2Connection(SslStream tls) => _tls = tls;

    /// <summary>Connects, and sends the preface.</summary>
    /// <param name="server">The server.</param>
    /// <param name="settings">The payload of the first frame: six bytes a setting.</param>
    public static async Task<Http2Connection> OpenAsync(Uri server, params byte[] settings)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Is(certificate),
        });
        var connection = new Http2Connection(tls);
        await connection.WriteAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings)]);
        return connection;
    }

    public static byte[] Frame(byte type, byte flags, int stream, params byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>The header block of a GET (RFC 7541): indexed fields, and literals that are not.</summary>
    public static byte[] Get(string path) => [0x82, 0x87, 0x04, .. Text(path), 0x01, .. Text("127.0.0.1")];

    /// <summary>A literal field; with a new name, and kept in the table of fields where <paramref name="indexed"/>.</summary>
    public static byte[] Field(string name, string value, bool indexed = false) => [(byte)(indexed ? 0x40 : 0), .. Text(name), .. Text(value)];

    /// <summary>Writes, and gives up when the server has closed the connection or takes no more.</summary>
    /// <returns>Whether it was taken.</returns>
    public async Task<bool> TryWriteAsync(byte[] frames)
    {
        using var stalled = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _tls.WriteAsync(frames, stalled.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    public async Task WriteAsync(byte[] frames) => await _tls.WriteAsync(frames);

    /// <summary>Reads the next frame; null at the end of the connection.</summary>
    public async Task<(byte Type, int Stream, byte[] Payload)?> ReadAsync()
    {
        try
        {
            var head = new byte[9];
            await _tls.ReadExactlyAsync(head).AsTask().Soon();
            var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(head) >> 8];
            await _tls.ReadExactlyAsync(payload).AsTask().Soon();
            return (head[3], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads to the end of the connection.</summary>
    /// <returns>The error that the server gave for it; null for none.</returns>
    public async Task<int?> ToEndAsync()
    {
        int? error = null;
        while (await ReadAsync() is var (type, _, payload))
            if (type == GoAway) error = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4));
        return error;
    }

    public ValueTask DisposeAsync() => _tls.DisposeAsync();

    // A string without Huffman coding; its length is an integer with a prefix of seven bits.
    private static byte[] Text(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var length = new List<byte> { (byte)Math.Min(bytes.Length, 127) };
        if (bytes.Length >= 127)
        {
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7) length.Add((byte)(rest % 128 + 128));
            length.Add((byte)rest);
        }
        return [.. length, .. bytes];
    }
}
