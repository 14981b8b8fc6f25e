using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary><c>/healthz</c>: the process responds. <c>/readyz</c>: it can serve requests. Plain text, no sign-in.</summary>
internal static class HealthFeature
{
    private const string Draining = "draining";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Degraded is logged as a warning, unhealthy as an error, and a restart is not an error.
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoreCheck>().AddHealthChecks()
            .AddCheck<StoreCheck>("store").AddCheck<JournalCheck>("journal").AddCheck<DrainingCheck>(Draining, HealthStatus.Degraded);
        // The store's check logs what is wrong. It must not wait until somebody asks.
        builder.Services.AddSingleton<IHealthCheckPublisher, SilentPublisher>();
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => (publisher.Delay, publisher.Period, publisher.Predicate) =
            (Interval, Interval, check => check.Name == "store"));
    }

    public static void MapHealth(this WebApplication app)
    {
        // Alive means only that the process responds: a restart does not repair a database.
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private sealed class SilentPublisher : IHealthCheckPublisher
    {
        public Task PublishAsync(HealthReport report, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // "Healthy", or what is wrong, a line each.
    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        // A server that is degraded serves: behind a balancer, all others that share its database are so as well. One that drains does not.
        if (report.Entries[Draining].Status != HealthStatus.Healthy) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain";
        var problems = from entry in report.Entries where entry.Value.Status != HealthStatus.Healthy select $"{entry.Key}: {entry.Value.Description}";
        return http.Response.WriteAsync(string.Join('\n', problems.Prepend(report.Status.ToString())));
    }
}
