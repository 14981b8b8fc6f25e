using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.Testing.Pacing;

/// <summary>
/// Wakes paced streams from one shared timer, however many there are. It ticks at whole milliseconds, only while something waits;
/// streams that are due write one after the other on the timer's thread, which costs far less than waking a thread for each.
/// </summary>
internal sealed class Pacer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PacedWait, long> _waits = new();
    private readonly ITimer _timer;
    private long _next = long.MaxValue;

    internal Pacer(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static pacer => ((Pacer)pacer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes <paramref name="wait"/> when the clock's timestamp has reached <paramref name="due"/>.</summary>
    internal void Add(PacedWait wait, long due)
    {
        lock (_lock)
        {
            _waits.Enqueue(wait, due);
            if (due < _next)
                Arm(due);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        lock (_lock)
            _next = long.MinValue; // waits added meanwhile are seen at the end of this tick: none has to set the timer
        while (TryTakeDue(out var wait))
            wait.Complete();
    }

    private bool TryTakeDue([NotNullWhen(true)] out PacedWait? wait)
    {
        lock (_lock)
        {
            if (!_waits.TryPeek(out wait, out var due))
            {
                _next = long.MaxValue;
                return false;
            }

            if (due > _time.GetTimestamp())
            {
                Arm(due);
                return false;
            }

            _waits.Dequeue();
            return true;
        }
    }

    private void Arm(long due)
    {
        _next = due;
        long now;
        do
        {
            now = _time.GetTimestamp();
            // Rounded up: a timer that fires early would have to be set again.
            var delay = Math.Ceiling(_time.GetElapsedTime(now, due).TotalMilliseconds);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, delay)), Timeout.InfiniteTimeSpan);
        }
        while (_time.GetElapsedTime(now) >= TimeSpan.FromMilliseconds(1)); // the clock was moved meanwhile, and the delay is too long
    }
}
