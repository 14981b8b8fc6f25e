using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work. Plain text, no sign-in.</summary>
internal static class HealthFeature
{
    // Degraded is logged as a warning, unhealthy as an error: a restart is none.
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database").AddCheck<DrainingCheck>("draining", HealthStatus.Degraded);

    public static void MapHealth(this WebApplication app)
    {
        // Alive means that a request is answered: a restart does not mend a database.
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions
        {
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        });
    }
}
