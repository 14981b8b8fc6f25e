using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokenfall.Bench.Load;

/// <summary>Reads one event stream over a socket of its own, and costs little enough to be had ten thousand times.</summary>
internal sealed class StreamClient(IPEndPoint server, IBodySink sink) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ChunkedBody _body = new(sink);
    private readonly byte[] _buffer = new byte[4096];
    private volatile bool _left;

    /// <summary>Bytes received, head and chunk envelopes included.</summary>
    public long Received { get; private set; }

    /// <summary>Sends the request and reads until the stream ends or <see cref="Leave"/> is called.</summary>
    public async Task<StreamEnd> RunAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            await _socket.ConnectAsync(server);
            await _socket.SendAsync(request, SocketFlags.None);
            var filled = await ReadHeadAsync();
            while (!_body.IsComplete && filled > 0)
            {
                filled = await _socket.ReceiveAsync(_buffer.AsMemory(), SocketFlags.None);
                Received += filled;
                _body.Feed(_buffer.AsSpan(0, filled));
            }
            return _body.IsComplete ? StreamEnd.Clean : StreamEnd.Cut;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return _left ? StreamEnd.Left : StreamEnd.Cut;
        }
    }

    /// <summary>Closes the connection under the reading.</summary>
    public void Leave()
    {
        _left = true;
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReadHeadAsync()
    {
        var filled = 0;
        while (filled < _buffer.Length)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None);
            if (read == 0) return 0;
            Received += read;
            filled += read;
            var end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (!_buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
            {
                sink.Fail($"the server answered {Encoding.ASCII.GetString(_buffer.AsSpan(0, filled))}");
                return 0;
            }
            _body.Feed(_buffer.AsSpan(end + 4, filled - end - 4));
            return filled;
        }
        sink.Fail("the response has a head of more than 4 KiB");
        return 0;
    }
}
