namespace Tokenfall;

/// <summary>Counts a run's readers and applies its disconnect policy when nobody is left.</summary>
internal sealed class Audience(DisconnectPolicy policy, TimeSpan grace, TimeProvider time, Action abandon)
{
    private readonly Lock _lock = new();
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

    public void Leave()
    {
        lock (_lock)
        {
            if (--_readers > 0 || _over || policy == DisconnectPolicy.Continue) return;
            if (policy == DisconnectPolicy.Grace)
            {
                var absence = ++_absences;
                _clock = time.CreateTimer(_ => Expire(absence), null, grace, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        abandon();
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

    // Between the clock's last tick and this call a reader may have come back, and even left again.
    private void Expire(int absence)
    {
        lock (_lock)
            if (_readers > 0 || _over || absence != _absences) return;
        abandon();
    }

    private void StopClock()
    {
        _clock?.Dispose();
        _clock = null;
    }
}
