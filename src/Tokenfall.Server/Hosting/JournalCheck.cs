using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Hosting;

/// <summary>Degraded while the journal cannot be written: runs go on, and what they say is kept in memory until it can be.</summary>
internal sealed class JournalCheck(RunManager runs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        runs.IsJournalAvailable ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("It cannot be written. Answers continue, and are written when it can be."));
}
