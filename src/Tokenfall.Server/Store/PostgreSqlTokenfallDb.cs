using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Tokenfall.Server.Store;

/// <summary>The same in PostgreSQL, and the data-protection keys: all servers that share a database open each other's cookies.</summary>
/// <remarks>Its migrations are in <c>Migrations/PostgreSql</c>.</remarks>
internal sealed class PostgreSqlTokenfallDb(DbContextOptions<PostgreSqlTokenfallDb> options) : TokenfallDb(options), IDataProtectionKeyContext
{
    /// <summary>The schema of all tables, which the journal uses as well.</summary>
    public const string Schema = "tokenfall";

    /// <summary>Data-protection keys.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public override Task LockAccountAsync(string accountId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"""SELECT FROM tokenfall."AspNetUsers" WHERE "Id" = {accountId} FOR UPDATE""", cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
    }
}
