namespace Tokenfall;

/// <summary>Counts a run's readers and applies its disconnect policy when nobody is left.</summary>
internal sealed class Audience(DisconnectPolicy policy, TimeSpan grace, TimeProvider time, Action abandon)
{
    private readonly Lock _lock = new();
    private DisconnectPolicy _policy = policy;
    private ITimer? _clock;
    private int _readers;
    private int _absences;
    private bool _over;

    public void Join()
    {
        lock (_lock)
        {
            _readers++;
            StopClock();
        }
    }

    public void Leave(bool willReturn = false)
    {
        lock (_lock)
        {
            if (--_readers > 0 || _over || _policy == DisconnectPolicy.Continue) return;
            if (_policy == DisconnectPolicy.Grace || willReturn)
            {
                var absence = _absences;
                _clock = time.CreateTimer(_ => Expire(absence), null, grace, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        abandon();
    }

    /// <summary>From now on the run goes on whoever reads.</summary>
    public void Dismiss()
    {
        lock (_lock)
        {
            _policy = DisconnectPolicy.Continue;
            StopClock();
        }
    }

    /// <summary>The run has ended: nothing is left to abandon.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _over = true;
            StopClock();
        }
    }

    // Between the clock's last tick and this call the clock may have been stopped, and even another one started.
    private void Expire(int absence)
    {
        lock (_lock)
            if (absence != _absences) return;
        abandon();
    }

    private void StopClock()
    {
        _absences++;
        _clock?.Dispose();
        _clock = null;
    }
}
