namespace Tokenfall;

/// <summary>Counts a run's readers and applies its disconnect policy when nobody is left.</summary>
internal sealed class ReaderTracker(DisconnectPolicy policy, TimeSpan grace, TimeProvider time, Action abandon)
{
    private readonly Lock _lock = new();
    private DisconnectPolicy _policy = policy;
    private ITimer? _timer;
    private int _readers;
    private int _absences;
    private bool _closed;

    public void Add()
    {
        lock (_lock)
        {
            _readers++;
            StopTimer();
        }
    }

    public void Remove(bool willReturn = false)
    {
        lock (_lock)
        {
            if (--_readers > 0 || _closed || _policy == DisconnectPolicy.Continue) return;
            if (_policy == DisconnectPolicy.Grace || willReturn)
            {
                var absence = _absences;
                _timer = time.CreateTimer(_ => Expire(absence), null, grace, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        abandon();
    }

    /// <summary>Lets the run continue to its end, with or without readers.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _policy = DisconnectPolicy.Continue;
            StopTimer();
        }
    }

    /// <summary>The run has ended: nothing is left to abandon.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            StopTimer();
        }
    }

    // Between the clock's last tick and this call the clock may have been stopped, and even another one started.
    private void Expire(int absence)
    {
        lock (_lock)
            if (absence != _absences) return;
        abandon();
    }

    private void StopTimer()
    {
        _absences++;
        _timer?.Dispose();
        _timer = null;
    }
}
