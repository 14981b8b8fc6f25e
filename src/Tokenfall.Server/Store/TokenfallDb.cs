using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tokenfall.Server.Keys;
using Tokenfall.Server.Sessions;

namespace Tokenfall.Server.Store;

/// <summary>Accounts, sessions and API keys, in SQLite. The migrations in <c>Migrations/</c> create the schema; they are applied at the start.</summary>
internal class TokenfallDb : IdentityDbContext<IdentityUser>
{
    private static readonly ValueConverter<DateTimeOffset, long> Seconds =
        new(time => time.ToUnixTimeSeconds(), seconds => DateTimeOffset.FromUnixTimeSeconds(seconds));

    public TokenfallDb(DbContextOptions<TokenfallDb> options) : base(options)
    {
    }

    protected TokenfallDb(DbContextOptions options) : base(options)
    {
    }

    /// <summary>Keys for programs.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Signed-in people.</summary>
    public DbSet<Session> Sessions => Set<Session>();

    /// <summary>In a transaction, lets no other one change an account's keys until it is over. SQLite lets only one write anyway.</summary>
    public virtual Task LockAccountAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.Hash).IsUnique();
            key.Property(k => k.Name).HasMaxLength(100);
            // A key is removed with its account.
            key.HasOne(k => k.Account).WithMany().HasForeignKey(k => k.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Session>(session =>
        {
            session.HasIndex(s => s.Hash).IsUnique();
            session.HasIndex(s => s.ExpiresAt);
            // As numbers: SQLite has no type for a time that it could compare. PostgreSQL gets the same.
            session.Property(s => s.IssuedAt).HasConversion(Seconds);
            session.Property(s => s.ExpiresAt).HasConversion(Seconds);
            session.HasOne(s => s.Account).WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
