using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Store;

/// <summary>Reads from a table: a file that opens but has no schema is not a database.</summary>
internal sealed class DatabaseCheck(TokenfallDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await db.Users.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
