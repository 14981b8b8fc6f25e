namespace Tokenfall;

/// <summary>Lets what arrives for a crowd of readers gather for a moment, so that each of them gets one frame instead of several.</summary>
/// <remarks>
/// The first event after silence goes out at once. One that follows within <see cref="Interval"/> waits that long for company. Not
/// thread-safe: the log's lock guards it.
/// </remarks>
internal sealed class FanoutCoalescer(TimeProvider time, Action wake)
{
    /// <summary>So many readers are a crowd. Fewer are served in under half a millisecond, which is not worth anybody's waiting.</summary>
    public const int FanoutThreshold = 32;

    /// <summary>How long an event waits at most, and a crowd is left alone at least: about as long as a screen needs for two pictures.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private ITimer? _timer;
    private long _lastWake;
    private bool _isFanout;
    private bool _deferred;

    /// <summary>Whether an event that came just now waits for others; the timer then wakes the readers.</summary>
    public bool ShouldDefer()
    {
        if (_deferred) return true;
        if (!_isFanout || time.GetElapsedTime(_lastWake) >= Interval) return false;
        _timer ??= time.CreateTimer(static wake => ((Action)wake!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        return _deferred = true;
    }

    /// <summary>So many readers were woken just now, with all there is.</summary>
    public void OnWoken(int readers)
    {
        _deferred = false;
        _isFanout = readers >= FanoutThreshold;
        if (_isFanout) _lastWake = time.GetTimestamp();
    }

    /// <summary>Nothing follows. A timer that is already under way finds nobody to wake.</summary>
    public void Dispose() => _timer?.Dispose();
}
