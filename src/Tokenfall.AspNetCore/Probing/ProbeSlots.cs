using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>How many probes run at once: of the process, and of each owner, so that one cannot take them all. Thread-safe.</summary>
internal sealed class ProbeSlots(IOptions<TokenfallHttpOptions> options)
{
    private readonly ProbeOptions _limits = options.Value.Probe;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _owners = [];
    private int _inUse;

    /// <summary>Takes a slot; disposing the result gives it back.</summary>
    /// <exception cref="RequestProblemException">There is none left.</exception>
    public IDisposable Take(string owner)
    {
        lock (_lock)
        {
            var ofOwner = _owners.GetValueOrDefault(owner);
            // Anonymous callers share one owner.
            if (ofOwner >= _limits.MaxConcurrentPerOwner && owner != Owner.Anonymous) throw RequestProblems.TooManyProbesOfOwner(_limits.MaxConcurrentPerOwner);
            if (_inUse >= _limits.MaxConcurrent) throw RequestProblems.TooManyProbes(_limits.MaxConcurrent);
            _owners[owner] = ofOwner + 1;
            _inUse++;
            return new Slot(this, owner);
        }
    }

    private void Return(string owner)
    {
        lock (_lock)
        {
            _inUse--;
            if (--_owners[owner] == 0) _owners.Remove(owner);
        }
    }

    private sealed class Slot(ProbeSlots slots, string owner) : IDisposable
    {
        public void Dispose() => slots.Return(owner);
    }
}
