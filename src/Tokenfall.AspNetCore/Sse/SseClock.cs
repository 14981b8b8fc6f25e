namespace Tokenfall.AspNetCore;

/// <summary>Keeps one response's two deadlines: a comment after silence, and a reset when the reader takes nothing.</summary>
/// <remarks>One timer a reader, moved only when it fires: a written frame costs a time stamp.</remarks>
internal sealed class SseClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _heartbeat;
    private readonly TimeSpan _writeTimeout;
    private readonly TimeProvider _time;
    private readonly Action _wake;
    private readonly Action _reset;
    private readonly ITimer _timer;
    private long _since;
    private bool _flushing;
    private bool _due;
    private bool _over;

    public SseClock(TimeSpan heartbeat, TimeSpan writeTimeout, TimeProvider time, Action wake, Action reset)
    {
        _heartbeat = heartbeat;
        _writeTimeout = writeTimeout;
        _time = time;
        _wake = wake;
        _reset = reset;
        _since = time.GetTimestamp();
        // Started only when the field is set: a very short heartbeat could fire before that.
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(heartbeat < writeTimeout ? heartbeat : writeTimeout, Timeout.InfiniteTimeSpan);
    }

    public bool HeartbeatIsDue { get { lock (_lock) return _due; } }

    public void FlushBegins() => Mark(flushing: true);

    public void FlushEnds() => Mark(flushing: false);

    public void Dispose()
    {
        lock (_lock) _over = true;
        _timer.Dispose();
    }

    private void Mark(bool flushing)
    {
        lock (_lock)
        {
            _since = _time.GetTimestamp();
            _flushing = flushing;
            _due = false;
        }
    }

    // Under the lock throughout: once disposed, the connection may serve another request, which must not be reset.
    private void Tick()
    {
        lock (_lock)
        {
            if (_over) return;
            var elapsed = _time.GetElapsedTime(_since);
            var limit = _flushing ? _writeTimeout : _heartbeat;
            if (elapsed >= limit)
            {
                if (_flushing)
                {
                    _reset();
                    return;
                }
                _due = true;
                _wake();
                elapsed = TimeSpan.Zero;
            }
            var next = limit - elapsed;
            if (next > _writeTimeout) next = _writeTimeout;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }
}
