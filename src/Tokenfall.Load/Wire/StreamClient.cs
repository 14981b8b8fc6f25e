using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Tokenfall.Load;

/// <summary>
/// Reads one event stream over a connection of its own, in hand-written HTTP/1.1: one system call per read, no allocation while the
/// stream flows, so that a process can run ten thousand of them.
/// </summary>
/// <param name="target">The server to connect to.</param>
/// <param name="sink">Receives the body, on the thread that received it.</param>
public sealed class StreamClient(StreamTarget target, IBodySink sink) : IDisposable
{
    /// <summary>How many clients may connect at a time: fewer than a listening socket queues.</summary>
    public const int MaxConnecting = 128;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ChunkedDecoder _chunks = new(sink);
    private readonly byte[] _buffer = new byte[4096];
    private volatile bool _aborted;

    /// <summary>Creates a client for plain HTTP.</summary>
    /// <param name="server">The server to connect to.</param>
    /// <param name="sink">Receives the body, on the thread that received it.</param>
    public StreamClient(IPEndPoint server, IBodySink sink)
        : this(new StreamTarget(server), sink)
    {
    }

    /// <summary>The most bytes a second that it reads; 0 for no bound.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>Called when the connection is open and the request is about to be sent.</summary>
    public Action? Connected { get; init; }

    /// <summary>How many bytes were received, the head and chunk framing included.</summary>
    public long Received { get; private set; }

    /// <summary>The response's status; 0 before it arrives.</summary>
    public int Status { get; private set; }

    /// <summary>Sends a request and reads the response until it ends or <see cref="Abort"/> is called. To be called once.</summary>
    /// <param name="request">The whole request as bytes.</param>
    /// <returns>How the response ended. Failures are reported to the sink, not thrown.</returns>
    public async Task<StreamEnd> RunAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            if (BytesPerSecond > 0) _socket.ReceiveBufferSize = _buffer.Length;
            await using var stream = await ConnectAsync();
            Connected?.Invoke();
            await stream.WriteAsync(request);
            var end = await ReadAsync(stream);
            // Nothing is in flight. Without this, thousands of short answers would use up all ports for a minute (TIME_WAIT).
            if (end == StreamEnd.Clean) _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return end;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException or AuthenticationException or OperationCanceledException)
        {
            if (_aborted) return StreamEnd.Aborted;
            if (Status == 0) sink.Fail($"no response: {gone.Message}");
            return StreamEnd.Cut;
        }
    }

    /// <summary>Closes the connection while it is being read. May be called from any thread.</summary>
    public void Abort()
    {
        _aborted = true;
        _socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<Stream> ConnectAsync()
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, TimeProvider.System);
        return await target.ConnectAsync(_socket, timeout.Token);
    }

    private async Task<StreamEnd> ReadAsync(Stream stream)
    {
        var (head, filled, begin) = await ReadHeadAsync(stream);
        if (head is null) return StreamEnd.Cut;
        Status = head.Status;
        if (head.Status == 204) return StreamEnd.Clean;
        if (head.Status != 200 || head.ContentEncoding is not null)
        {
            await FailAsync(stream, head, filled, begin);
            return StreamEnd.Cut;
        }
        var left = head.IsChunked ? long.MaxValue : head.Length ?? long.MaxValue;
        for (var bytes = filled - begin; !_aborted; begin = 0)
        {
            if (head.IsChunked) _chunks.Feed(_buffer.AsSpan(begin, bytes));
            else if (bytes > 0) sink.Feed(_buffer.AsSpan(begin, bytes));
            if (_chunks.IsComplete || (left -= bytes) <= 0) return StreamEnd.Clean;
            if (_aborted) break;
            bytes = await ReceiveAsync(stream);
            if (bytes == 0) return head.IsChunked || head.Length is not null ? StreamEnd.Cut : StreamEnd.Clean;
        }
        return StreamEnd.Aborted;
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
            if (head is null) sink.Fail(filled == 0 ? "the connection was closed without a response" : "the response is not HTTP/1.1");
            return (head, filled, end + 4);
        }
        sink.Fail("the head of the response exceeds 4 KiB");
        return default;
    }

    // The body explains the refusal; its first lines are enough.
    private async Task FailAsync(Stream stream, ResponseHead head, int filled, int begin)
    {
        while (filled < _buffer.Length && !RefusedResponse.IsWhole(head, _buffer.AsSpan(begin, filled - begin)))
        {
            var bytes = Count(await stream.ReadAsync(_buffer.AsMemory(filled)));
            if (bytes == 0) break;
            filled += bytes;
        }
        sink.Fail(head.Status == 200
            ? $"the response is compressed ({head.ContentEncoding}); whatever compresses it holds tokens back"
            : RefusedResponse.Describe(head, _buffer.AsSpan(begin, filled - begin)));
    }

    private int Count(int bytes)
    {
        Received += bytes;
        return bytes;
    }
}
