namespace Tokenfall.Tests;

/// <summary>Timers whose callback can run after they were disposed, as a real timer's can when it was already under way.</summary>
internal sealed class LateTimers : TimeProvider
{
    private readonly List<Action> _callbacks = [];

    public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

    public int Created => _callbacks.Count;

    public int Changes { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What another thread does, once, while this one looks at the clock.</summary>
    public Action? Meanwhile { get; set; }

    public override long GetTimestamp()
    {
        var meanwhile = Meanwhile;
        Meanwhile = null;
        meanwhile?.Invoke();
        return Now.Ticks;
    }

    public void Fire(int timer) => _callbacks[timer]();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _callbacks.Add(() => callback(state));
        return new Handle(this);
    }

    private sealed class Handle(LateTimers owner) : ITimer
    {
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Changes++;
            return !_disposed;
        }

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
