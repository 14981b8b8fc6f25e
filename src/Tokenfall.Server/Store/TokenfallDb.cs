using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Store;

/// <summary>Accounts and API keys. The migrations in <c>Migrations/</c> create the schema; they are applied at the start.</summary>
internal sealed class TokenfallDb(DbContextOptions<TokenfallDb> options) : IdentityDbContext<IdentityUser>(options)
{
    /// <summary>Keys for programs.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

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
    }
}
