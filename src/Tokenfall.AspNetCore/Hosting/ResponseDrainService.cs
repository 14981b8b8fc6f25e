namespace Tokenfall.AspNetCore;

/// <summary>At shutdown, once all runs have ended, limits the responses of stalled readers to one more second.</summary>
/// <remarks>Kestrel would otherwise wait for them. It stops after the <see cref="StoppingAsync"/> of all services.</remarks>
internal sealed class ResponseDrainService(RunManager runs, ActiveResponses responses) : LifecycleService
{
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host stops services in reverse order, so the runs have drained already: this service was added before theirs.
        await runs.DrainAsync(cancellationToken);
        responses.ShortenTimeouts();
    }
}
