namespace Tokenfall.AspNetCore;

/// <summary>The deadlines of one response: a heartbeat after silence, a reset when the reader stalls, and rotation by age.</summary>
/// <remarks>One timer per reader, rescheduled only when it fires: writing a frame just records a timestamp.</remarks>
internal sealed class ResponseDeadlines(TokenfallHttpOptions options, bool canResume, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _maxAge = canResume ? Jittered(options.MaxConnectionAge) : TimeSpan.MaxValue;
    private readonly long _opened = time.GetTimestamp();
    private TimeSpan _writeTimeout = options.WriteTimeout;
    private Action _wake = () => { };
    private Action _reset = () => { };
    private ITimer? _timer;
    // Without the lock, which would cost as much as the frame: each is one word, and the order in Mark keeps them true together.
    private long _since;
    private volatile bool _flushing;
    private volatile bool _heartbeat;
    private volatile bool _rotation;
    private bool _over;

    public bool HeartbeatIsDue => _heartbeat;

    public bool RotationIsDue => _rotation;

    /// <summary>Starts the timer.</summary>
    /// <param name="wake">Makes the writer check what is due.</param>
    /// <param name="reset">Resets the connection of a writer that is blocked in a flush.</param>
    public void Start(Action wake, Action reset)
    {
        lock (_lock)
        {
            _wake = wake;
            _reset = reset;
            _since = time.GetTimestamp();
            _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm();
        }
    }

    /// <summary>Shortens the write timeout, so that stalled readers do not delay a shutdown.</summary>
    public void ShortenTimeouts(TimeSpan writeTimeout)
    {
        lock (_lock)
        {
            _writeTimeout = writeTimeout;
            if (_timer is not null && !_over) Arm();
        }
    }

    public void FlushBegins() => Mark(flushing: true);

    public void FlushEnds() => Mark(flushing: false);

    public void Dispose()
    {
        lock (_lock) _over = true;
        _timer?.Dispose();
    }

    // The time first: a tick that sees the flush must not take the silence before it for its length.
    private void Mark(bool flushing)
    {
        Volatile.Write(ref _since, time.GetTimestamp());
        _flushing = flushing;
        _heartbeat = false;
    }

    // Under the lock throughout: once disposed, the connection may serve another request, which must not be reset.
    private void Tick()
    {
        lock (_lock)
        {
            if (_over) return;
            var flushing = _flushing;
            var silence = time.GetElapsedTime(Volatile.Read(ref _since));
            if (flushing && silence >= _writeTimeout)
            {
                _reset();
                return;
            }
            if (time.GetElapsedTime(_opened) >= _maxAge) _rotation = true;
            if (!flushing && silence >= options.Heartbeat) _heartbeat = true;
            if (_rotation || _heartbeat) _wake();
            Arm();
        }
    }

    // To the nearest deadline. A flush may begin or end at any time, so neither limit may be slept past.
    private void Arm()
    {
        var next = _heartbeat ? options.Heartbeat : (_flushing ? _writeTimeout : options.Heartbeat) - time.GetElapsedTime(Volatile.Read(ref _since));
        if (next > _writeTimeout) next = _writeTimeout;
        if (next > options.Heartbeat) next = options.Heartbeat;
        if (!_rotation && _maxAge - time.GetElapsedTime(_opened) is var age && age < next) next = age;
        _timer!.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(next.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Jittered(TimeSpan age) => age * (0.9 + 0.2 * Random.Shared.NextDouble());
}
