using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Testing;

/// <summary>The record of one request. Thread-safe; its counters change while the answer is sent.</summary>
public sealed class ModelCall
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TaskCompletionSource<ModelCallEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelCallOutcome _outcome;
    private volatile bool _decided;
    private int _deltasSent;
    private long _firstDeltaTicks;

    internal ModelCall(HttpRequest request, string body, string requestId, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        At = time.GetUtcNow();
        Method = request.Method;
        Path = request.Path;
        Protocol = request.Protocol;
        Headers = new ReadOnlyDictionary<string, string>(
            request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Body = body;
        RequestId = requestId;
    }

    /// <summary>The request's headers; names are case-insensitive, several values are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The request's body as text.</summary>
    public string Body { get; }

    /// <summary>The HTTP version, such as <c>HTTP/1.1</c>.</summary>
    public string Protocol { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, without the query.</summary>
    public string Path { get; }

    /// <summary>The value of the response's <c>request-id</c> header.</summary>
    public string RequestId { get; }

    /// <summary>When the whole request had arrived.</summary>
    public DateTimeOffset At { get; }

    /// <summary>How many tokens were written to the connection; never fewer than a client has seen.</summary>
    public int DeltasSent => Volatile.Read(ref _deltasSent);

    /// <summary>When the first token was sent; <see langword="null"/> before.</summary>
    public DateTimeOffset? FirstDeltaAt => Volatile.Read(ref _firstDeltaTicks) is not 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>Completes when the response has ended or the client has disconnected; never faults.</summary>
    public Task<ModelCallEnd> Closed => _closed.Task;

    /// <summary>
    /// Sets the outcome before the last bytes are sent: a client may read them and disconnect before the server has finished.
    /// </summary>
    internal void WillEnd(ModelCallOutcome outcome)
    {
        _outcome = outcome;
        _decided = true;
    }

    internal void Sent(int deltas)
    {
        if (deltas > 0 && _firstDeltaTicks == 0)
            Volatile.Write(ref _firstDeltaTicks, _time.GetUtcNow().UtcTicks);
        Volatile.Write(ref _deltasSent, deltas);
    }

    internal void Close(ModelCallOutcome undecided)
    {
        if (!_closed.Task.IsCompleted)
            _closed.TrySetResult(new(_decided ? _outcome : undecided, _time.GetUtcNow(), _time.GetElapsedTime(_started)));
    }
}
