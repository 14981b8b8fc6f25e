using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Hosting;

/// <summary>Not ready once the server drains: a load balancer then sends new questions elsewhere, while answers under way are still read here.</summary>
internal sealed class DrainingCheck(RunManager runs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(runs.IsDraining ? new HealthCheckResult(context.Registration.FailureStatus, "Draining.") : HealthCheckResult.Healthy());
}
