using System.Threading.Channels;

namespace Tokenfall;

/// <summary>The runs whose logs have grown since the journal last took from them, and when it should take from them again.</summary>
/// <remarks>Thread-safe. What ended, and what readers wait for, is due at once; the rest when the interval is over that begins with the first of them.</remarks>
internal sealed class JournalQueue : IDisposable
{
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Lock _lock = new();
    private readonly List<JournalCursor> _waiting = [];
    private readonly Queue<JournalCursor> _due = new();

    public JournalQueue(TimeSpan interval, TimeProvider time)
    {
        _interval = interval;
        _timer = time.CreateTimer(_ => MakeAllDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Enqueue(JournalCursor cursor, bool immediate)
    {
        lock (_lock)
        {
            if (!immediate)
            {
                _waiting.Add(cursor);
                if (_waiting.Count == 1) _timer.Change(_interval, Timeout.InfiniteTimeSpan);
                return;
            }
            _due.Enqueue(cursor);
        }
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until something is due.</summary>
    /// <returns>False when the queue is closed.</returns>
    public async ValueTask<bool> WaitAsync()
    {
        if (!await _signal.Reader.WaitToReadAsync().ConfigureAwait(false)) return false;
        _signal.Reader.TryRead(out _);
        return true;
    }

    public bool TryDequeue(out JournalCursor? cursor)
    {
        lock (_lock) return _due.TryDequeue(out cursor);
    }

    /// <summary>All that wait, due or not.</summary>
    public List<JournalCursor> Snapshot()
    {
        lock (_lock) return [.. _due, .. _waiting];
    }

    public void MakeAllDue()
    {
        lock (_lock)
        {
            foreach (var cursor in _waiting) _due.Enqueue(cursor);
            _waiting.Clear();
        }
        _signal.Writer.TryWrite(true);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _signal.Writer.TryComplete();
    }
}
