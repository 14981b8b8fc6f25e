using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Tokenfall.Cli.Load;

/// <summary>
/// Reads one event stream over a connection of its own: HTTP/1.1 by hand, one system call a read, nothing allocated while it flows,
/// so that it costs little enough to be had ten thousand times.
/// </summary>
/// <param name="target">Where.</param>
/// <param name="sink">Takes the body, on the thread that received it.</param>
internal sealed class StreamClient(StreamTarget target, IBodySink sink) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ChunkedBody _chunks = new(sink);
    private readonly byte[] _buffer = new byte[4096];
    private volatile bool _left;

    public StreamClient(IPEndPoint server, IBodySink sink)
        : this(new StreamTarget(server), sink)
    {
    }

    /// <summary>Bytes a second that it reads at most; 0 for all that come. Before <see cref="RunAsync"/>.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>Called when the connection stands and the request is about to be sent.</summary>
    public Action? Connected { get; init; }

    /// <summary>Bytes received, head and chunk envelopes included.</summary>
    public long Received { get; private set; }

    /// <summary>The response's status; 0 before it came.</summary>
    public int Status { get; private set; }

    /// <summary>Sends the request and reads until the stream ends or <see cref="Leave"/> is called.</summary>
    public async Task<StreamEnd> RunAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            if (BytesPerSecond > 0) _socket.ReceiveBufferSize = _buffer.Length;
            await using var stream = await ConnectAsync();
            Connected?.Invoke();
            await stream.WriteAsync(request);
            var end = await ReadAsync(stream);
            // Nothing is under way: without this, thousands of short answers would leave no port free for a minute.
            if (end == StreamEnd.Clean) _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return end;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException or AuthenticationException or OperationCanceledException)
        {
            if (_left) return StreamEnd.Left;
            if (Status == 0) sink.Fail($"no answer: {gone.Message}");
            return StreamEnd.Cut;
        }
    }

    /// <summary>Closes the connection under the reading.</summary>
    public void Leave()
    {
        _left = true;
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<Stream> ConnectAsync()
    {
        using var patience = new CancellationTokenSource(ConnectPatience, TimeProvider.System);
        return await target.ConnectAsync(_socket, patience.Token);
    }

    private async Task<StreamEnd> ReadAsync(Stream stream)
    {
        var (head, filled, begin) = await ReadHeadAsync(stream);
        if (head is null) return StreamEnd.Cut;
        Status = head.Status;
        if (head.Status == 204) return StreamEnd.Clean;
        if (head.Status != 200 || head.ContentEncoding is not null)
        {
            await RefusedAsync(stream, head, filled, begin);
            return StreamEnd.Cut;
        }
        var left = head.IsChunked ? long.MaxValue : head.Length ?? long.MaxValue;
        for (var bytes = filled - begin; !_left; begin = 0)
        {
            if (head.IsChunked) _chunks.Feed(_buffer.AsSpan(begin, bytes));
            else if (bytes > 0) sink.Feed(_buffer.AsSpan(begin, bytes));
            if (_chunks.IsComplete || (left -= bytes) <= 0) return StreamEnd.Clean;
            if (_left) break;
            bytes = await ReceiveAsync(stream);
            if (bytes == 0) return head.IsChunked || head.Length is not null ? StreamEnd.Cut : StreamEnd.Clean;
        }
        return StreamEnd.Left;
    }

    private async ValueTask<int> ReceiveAsync(Stream stream)
    {
        if (BytesPerSecond == 0) return Count(await stream.ReadAsync(_buffer.AsMemory()));
        var bytes = Count(await stream.ReadAsync(_buffer.AsMemory(0, Math.Clamp(BytesPerSecond / 4, 1, _buffer.Length))));
        await Task.Delay(TimeSpan.FromSeconds((double)bytes / BytesPerSecond), TimeProvider.System);
        return bytes;
    }

    private async Task<(ResponseHead? Head, int Filled, int Body)> ReadHeadAsync(Stream stream)
    {
        for (var filled = 0; filled < _buffer.Length;)
        {
            var bytes = Count(await stream.ReadAsync(_buffer.AsMemory(filled)));
            filled += bytes;
            var end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end < 0 && bytes > 0) continue;
            var head = end < 0 ? null : ResponseHead.Parse(_buffer.AsSpan(0, end));
            if (head is null) sink.Fail(filled == 0 ? "the connection was closed without an answer" : "the answer is not HTTP/1.1");
            return (head, filled, end + 4);
        }
        sink.Fail("the response has a head of more than 4 KiB");
        return default;
    }

    // What the server says is short, or its first lines are enough.
    private async Task RefusedAsync(Stream stream, ResponseHead head, int filled, int begin)
    {
        while (filled < _buffer.Length && filled - begin < (head.Length ?? 1))
        {
            var bytes = Count(await stream.ReadAsync(_buffer.AsMemory(filled)));
            if (bytes == 0) break;
            filled += bytes;
        }
        sink.Fail(head.Status == 200
            ? $"the answer is compressed ({head.ContentEncoding}): whoever compresses it holds tokens back"
            : $"status {head.Status}: {Encoding.UTF8.GetString(_buffer.AsSpan(begin, filled - begin))}");
    }

    private int Count(int bytes)
    {
        Received += bytes;
        return bytes;
    }
}
