using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Tests;

/// <summary>A clock that stands still until a test moves it, and that knows how many timers wait for it.</summary>
/// <remarks>A timer that is due at once fires on the thread pool, as a real one.</remarks>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<Wait> _active = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>How many timers are waiting to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock) return _active.Count;
        }
    }

    /// <summary>Completes as soon as at least so many timers wait: the code under test has gone to sleep, and the clock may move.</summary>
    /// <exception cref="TimeoutException">Nothing went to sleep within 30 real seconds.</exception>
    public Task WaitForTimersAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_active.Count >= count) return Task.CompletedTask;
            _waiting.Add((count, reached));
        }
        return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Lets time pass until something has happened that real sockets take part in, so that no single step can be named.</summary>
    public async Task AdvanceUntilAsync(Task happened)
    {
        // Steps so short that a busy machine does not run through days while a socket is still at work.
        for (var watch = Stopwatch.StartNew(); !happened.IsCompleted; await Task.Yield())
        {
            Assert.True(watch.Elapsed < Waiting.Limit, "It did not happen, however far the clock went.");
            Advance(TimeSpan.FromMilliseconds(10));
        }
        await happened;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Wait
    {
        public ITimer? Timer { get; set; }

        public bool IsOver { get; set; }
    }

    // Each time that it is set it becomes a timer of its own, so that one that just fires is not taken for the next.
    private sealed class CountedTimer(TestClock clock, Action callback) : ITimer
    {
        private Wait? _wait;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.QueueUserWorkItem(static callback => callback(), callback, preferLocal: false);
                dueTime = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            }
            if (dueTime != Timeout.InfiniteTimeSpan) Start(dueTime, period);
            return true;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _wait, null) is not { } wait) return;
            clock.End(wait);
            wait.Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Start(TimeSpan dueTime, TimeSpan period)
        {
            var wait = _wait = new Wait();
            wait.Timer = clock.CreateBase(_ =>
            {
                if (period <= TimeSpan.Zero) clock.End(wait);
                callback();
            }, dueTime, period);
            clock.Begin(wait);
        }
    }

    private ITimer CreateBase(TimerCallback callback, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, null, dueTime, period);

    private void Begin(Wait wait)
    {
        lock (_lock)
        {
            if (wait.IsOver) return;
            _active.Add(wait);
            _waiting.RemoveAll(waiting => waiting.Count <= _active.Count && waiting.Reached.TrySetResult());
        }
    }

    private void End(Wait wait)
    {
        lock (_lock)
        {
            wait.IsOver = true;
            _active.Remove(wait);
        }
    }
}
