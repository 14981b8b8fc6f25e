namespace Tokenfall;

/// <summary>Knows a run's readers, and how long the run waits for those that left when none is present.</summary>
/// <remarks>
/// Every reader that leaves is waited for on its own terms: see <see cref="DisconnectPolicy"/>. The run waits for the longest of them, so
/// that one reader's good-bye does not end the run of another that lost its connection.
/// </remarks>
internal sealed class ReaderTracker(DisconnectPolicy policy, TokenfallOptions options, TimeProvider time, Action abandon)
{
    // A bound on memory. Of more readers than that, the run waits for those that may take longest.
    private const int MaxAbsent = 32;

    private readonly Lock _lock = new();
    // A list: most runs have one reader, and only a good-bye looks for one by its name.
    private readonly List<RunReader> _present = [];
    private readonly List<Absence> _absent = [];
    private DisconnectPolicy _policy = policy;
    private ITimer? _timer;
    private int _waits;
    private bool _closed;

    public void Add(RunReader reader)
    {
        lock (_lock)
        {
            _present.Add(reader);
            StopTimer();
        }
    }

    /// <summary>The reader's connection has ended.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="willReturn">Whether it has promised to return, or was sent away by us.</param>
    public void Remove(RunReader reader, bool willReturn)
    {
        lock (_lock)
        {
            _present.Remove(reader);
            if (_closed || _policy == DisconnectPolicy.Continue) return;
            var now = Now;
            RemoveExpired(now);
            _absent.Add(new(reader.Id, now + (willReturn ? WaitForPromise : Wait)));
            if (_absent.Count > MaxAbsent) _absent.Remove(_absent.MinBy(absence => absence.Until));
            if (IsWaitedFor()) return;
        }
        abandon();
    }

    /// <summary>The reader has said good-bye.</summary>
    /// <returns>The reader, if it is still connected: close it.</returns>
    public RunReader? EndPromise(string id)
    {
        lock (_lock)
        {
            if (_present.Find(reader => reader.Id == id) is { } connected) return connected;
            var index = _absent.FindIndex(absence => absence.Id == id);
            if (index < 0) return null;
            var until = Now + Wait;
            if (until < _absent[index].Until) _absent[index] = new(id, until);
            StopTimer();
            if (IsWaitedFor()) return null;
        }
        abandon();
        return null;
    }

    /// <summary>Lets the run continue to its end, with or without readers.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _policy = DisconnectPolicy.Continue;
            Forget();
        }
    }

    /// <summary>The run has ended: nothing is left to abandon.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Forget();
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private TimeSpan Wait => _policy == DisconnectPolicy.Stop ? TimeSpan.Zero : options.Grace;

    // A grace that was set longer holds for all readers.
    private TimeSpan WaitForPromise => options.ResumeGrace > Wait ? options.ResumeGrace : Wait;

    /// <summary>Whether a reader is present or may still return, until a timer says otherwise.</summary>
    private bool IsWaitedFor()
    {
        if (_present.Count > 0) return true;
        var now = Now;
        RemoveExpired(now);
        if (_absent.Count == 0) return false;
        var wait = _waits;
        _timer = time.CreateTimer(_ => Expire(wait), null, _absent.Max(absence => absence.Until) - now, Timeout.InfiniteTimeSpan);
        return true;
    }

    private void RemoveExpired(TimeSpan now) => _absent.RemoveAll(absence => absence.Until <= now);

    // Between the timer's tick and this call the timer may have been stopped, and even another one started.
    private void Expire(int wait)
    {
        lock (_lock)
            if (wait != _waits) return;
        abandon();
    }

    private void Forget()
    {
        _absent.Clear();
        StopTimer();
    }

    private void StopTimer()
    {
        _waits++;
        _timer?.Dispose();
        _timer = null;
    }

    private readonly record struct Absence(string Id, TimeSpan Until);
}
