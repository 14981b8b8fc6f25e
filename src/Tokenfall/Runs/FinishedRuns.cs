namespace Tokenfall;

/// <summary>Keeps finished runs readable for a time, within a budget of bytes; the oldest leave first.</summary>
internal sealed class FinishedRuns : IDisposable
{
    // What a run holds besides its log: itself, its signals, its places in tables. Measured at about 1.4 KB.
    internal const int Overhead = 1536;

    private readonly TimeSpan _retention;
    private readonly long _budget;
    private readonly TimeProvider _time;
    private readonly Action<Run> _forget;
    private readonly Lock _lock = new();
    private readonly Queue<(Run Run, long Since)> _runs = [];
    private readonly ITimer _timer;
    private long _bytes;
    private bool _closed;

    public FinishedRuns(TimeSpan retention, long budget, TimeProvider time, Action<Run> forget)
    {
        _retention = retention;
        _budget = budget;
        _time = time;
        _forget = forget;
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes { get { lock (_lock) return _bytes; } }

    public void Add(Run run)
    {
        lock (_lock)
        {
            // One that alone is too large must not push all the others out before it goes too.
            if (_closed || SizeOf(run) > _budget)
            {
                _forget(run);
                return;
            }
            _runs.Enqueue((run, _time.GetTimestamp()));
            _bytes += SizeOf(run);
            while (_bytes > _budget) Drop();
            if (_runs.Count == 1) Arm();
        }
    }

    /// <summary>Forgets what is kept, and from now on keeps nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            while (_runs.Count > 0) Drop();
        }
        _timer.Dispose();
    }

    private void Expire()
    {
        lock (_lock)
        {
            while (_runs.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Since) >= _retention) Drop();
            if (_runs.Count > 0) Arm();
        }
    }

    private void Drop()
    {
        var (run, _) = _runs.Dequeue();
        _bytes -= SizeOf(run);
        _forget(run);
    }

    private static int SizeOf(Run run) => run.Log.Size + Overhead;

    // One timer for all of them, set to the oldest.
    private void Arm()
    {
        var due = _retention - _time.GetElapsedTime(_runs.Peek().Since);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(due.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
