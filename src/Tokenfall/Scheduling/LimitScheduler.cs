using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Grants leases immediately, up to the limits, and rejects everything beyond them.</summary>
internal sealed class LimitScheduler : IRunScheduler
{
    private readonly LimitOptions _limits;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _owners = [];
    private int _inUse;

    public LimitScheduler(IOptions<TokenfallOptions> options, IMeterFactory? meters = null)
    {
        _limits = options.Value.Limits;
        meters?.Create(TokenfallMetrics.MeterName).CreateObservableUpDownCounter("tokenfall.leases.active", () => InUse, "{lease}", "Leases in use: as many as there are live runs.");
    }

    /// <summary>The number of leases in use, which equals the number of live runs.</summary>
    public int InUse { get { lock (_lock) return _inUse; } }

    public RunTicket Accept(RunRequest request) => Accept(request.Owner);

    /// <exception cref="AdmissionException">A limit is reached.</exception>
    public RunTicket Accept(string owner)
    {
        lock (_lock)
        {
            var ofOwner = _owners.GetValueOrDefault(owner);
            if (_inUse >= _limits.MaxRuns) throw new AdmissionException(AdmissionRejection.TooManyRuns);
            if (ofOwner >= _limits.MaxRunsPerOwner && owner != Owner.Anonymous) throw new AdmissionException(AdmissionRejection.TooManyRunsOfOwner);
            _owners[owner] = ofOwner + 1;
            _inUse++;
            return new Lease(this, owner);
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

    private sealed class Lease(LimitScheduler scheduler, string owner) : RunTicket
    {
        protected override void OnReleased() => scheduler.Return(owner);
    }
}
