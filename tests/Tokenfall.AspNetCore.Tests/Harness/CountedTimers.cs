namespace Tokenfall.AspNetCore.Tests;

/// <summary>The system's clock, which counts the timers that are made and how often they are set.</summary>
internal sealed class CountedTimers : TimeProvider
{
    private int _made;
    private int _set;

    public int Made => Volatile.Read(ref _made);

    /// <summary>How often any of them was set, when it was made included.</summary>
    public int Set => Volatile.Read(ref _set);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _made);
        Interlocked.Increment(ref _set);
        return new Counted(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(CountedTimers timers, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref timers._set);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
