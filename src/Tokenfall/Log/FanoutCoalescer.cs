namespace Tokenfall;

/// <summary>Limits how often many readers are woken, so that each gets one frame for the events in between instead of one per event.</summary>
/// <remarks>
/// The first event after a silence wakes the readers at once. One that follows within <see cref="Interval"/> is held for that long. Not
/// thread-safe: the log's lock guards it.
/// </remarks>
internal sealed class FanoutCoalescer(TimeProvider time, Action wake)
{
    /// <summary>The number of readers from which wake-ups are coalesced. Fewer are served in under half a millisecond, so a delay would not pay.</summary>
    public const int FanoutThreshold = 32;

    /// <summary>The longest delay of an event, and the shortest time between wake-ups: about two frames of a display.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private ITimer? _timer;
    private long _lastWake;
    private bool _isFanout;
    private bool _deferred;

    /// <summary>Whether to hold the event that just arrived; if so, the timer wakes the readers.</summary>
    public bool ShouldDefer()
    {
        if (_deferred) return true;
        if (!_isFanout || time.GetElapsedTime(_lastWake) >= Interval) return false;
        _timer ??= time.CreateTimer(static wake => ((Action)wake!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        return _deferred = true;
    }

    /// <summary>Records that readers were woken, with every event so far.</summary>
    public void OnWoken(int readers)
    {
        _deferred = false;
        _isFanout = readers >= FanoutThreshold;
        if (_isFanout) _lastWake = time.GetTimestamp();
    }

    /// <summary>Stops the timer. A callback that is already running finds no reader to wake.</summary>
    public void Dispose() => _timer?.Dispose();
}
