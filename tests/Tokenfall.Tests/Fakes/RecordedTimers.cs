namespace Tokenfall.Tests;

/// <summary>Passes on to another clock, and keeps how long each one-off timer was set to wait when it was made.</summary>
internal sealed class RecordedTimers(TestClock clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits { get { lock (_lock) return [.. _waits]; } }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
            lock (_lock) _waits.Add(dueTime);
        return clock.CreateTimer(callback, state, dueTime, period);
    }
}
