namespace Tokenfall.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
/// <remarks>
/// Timers fire inside <see cref="Advance"/>, in the order they are due; one that is due at once fires on the thread pool, as a real one.
/// </remarks>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Waiter)> _waiters = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>How many timers are waiting to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    /// <summary>Moves the clock, and fires what falls due on the way, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? timer;
            lock (_lock)
            {
                timer = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                if (timer is null)
                {
                    _now = end;
                    return;
                }

                _now = timer.Due > _now ? timer.Due : _now;
                timer.Next(_now);
            }

            timer.Fire();
        }
    }

    /// <summary>Completes as soon as at least so many timers wait: the code under test has gone to sleep, and the clock may move.</summary>
    /// <exception cref="TimeoutException">Nothing went to sleep within 30 real seconds.</exception>
    public Task WaitForTimersAsync(int count)
    {
        lock (_lock)
        {
            if (_timers.Count >= count)
                return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, waiter));
            return waiter.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        internal DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                _period = period;
                if (dueTime == TimeSpan.Zero)
                    ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
                if (dueTime == TimeSpan.Zero && period <= TimeSpan.Zero)
                    return true;
                Due = clock._now + (dueTime == TimeSpan.Zero ? period : dueTime);
                clock._timers.Add(this);
                clock._waiters.RemoveAll(w => w.Count <= clock._timers.Count && w.Waiter.TrySetResult());
            }

            return true;
        }

        /// <summary>Takes the timer out, or sets its next turn when it is periodic. Under the clock's lock.</summary>
        internal void Next(DateTimeOffset now)
        {
            if (_period > TimeSpan.Zero)
                Due = now + _period;
            else
                clock._timers.Remove(this);
        }

        internal void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
