namespace Tokenfall;

/// <summary>Grants leases up to the limits, and none once the server drains.</summary>
internal sealed class AdmissionGate(LimitOptions limits)
{
    // Long enough for an answer to end, short enough not to be felt as a ban.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _owners = [];
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inUse;
    private bool _closed;

    /// <summary>Leases in use: exactly the runs that are alive.</summary>
    public int InUse { get { lock (_lock) return _inUse; } }

    public bool IsClosed { get { lock (_lock) return _closed; } }

    /// <exception cref="AdmissionException">A limit is reached.</exception>
    public Lease Acquire(string owner)
    {
        lock (_lock)
        {
            var ofOwner = _owners.GetValueOrDefault(owner);
            if (_closed) throw Refused(AdmissionRejection.Draining);
            if (_inUse >= limits.MaxRuns) throw Refused(AdmissionRejection.TooManyRuns);
            if (ofOwner >= limits.MaxRunsPerOwner && owner != Owner.Anonymous) throw Refused(AdmissionRejection.TooManyRunsOfOwner);
            _owners[owner] = ofOwner + 1;
            _inUse++;
            return new Lease(this, owner);
        }
    }

    /// <summary>Grants no more leases.</summary>
    /// <returns>Completes when the last lease is back.</returns>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_inUse == 0) _idle.TrySetResult();
            return _idle.Task;
        }
    }

    internal void Release(string owner)
    {
        lock (_lock)
        {
            _inUse--;
            if (--_owners[owner] == 0) _owners.Remove(owner);
            if (_closed && _inUse == 0) _idle.TrySetResult();
        }
    }

    private static AdmissionException Refused(AdmissionRejection reason) => new(reason, RetryAfter);
}
