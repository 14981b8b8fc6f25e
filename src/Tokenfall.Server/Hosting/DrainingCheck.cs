using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Hosting;

/// <summary>Not ready while the server drains: load balancers send new requests elsewhere, and readers here get the rest of their answers.</summary>
internal sealed class DrainingCheck(RunManager runs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(runs.IsDraining ? new HealthCheckResult(context.Registration.FailureStatus, "Draining.") : HealthCheckResult.Healthy());
}
