using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Keys;

/// <summary>Adds, lists, finds and removes API keys.</summary>
internal sealed class ApiKeyStore(TokenfallDb db, StoreWriter writer, ServerOptions options, TimeProvider time)
{
    /// <summary>The greatest length of a name, in characters.</summary>
    private const int MaxName = 100;

    /// <summary>Adds a key.</summary>
    /// <returns>The key, and its secret, which is not stored anywhere.</returns>
    /// <exception cref="ApiKeyRefusedException">The name is not acceptable, or the account has too many keys.</exception>
    public Task<(ApiKey Key, string Secret)> AddAsync(string accountId, string name, CancellationToken cancellationToken = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxName) throw new ApiKeyRefusedException($"Give the key a name of 1 to {MaxName} characters.");
        if (VisibleName.Problem(name) is { } problem) throw new ApiKeyRefusedException(problem);
        return writer.RunAsync(() => InsertAsync(accountId, name, cancellationToken), cancellationToken);
    }

    /// <summary>Lists the keys of one account, or of all, oldest first, each with its account.</summary>
    public Task<List<ApiKey>> ListAsync(string? accountId = null, CancellationToken cancellationToken = default) =>
        db.ApiKeys.AsNoTracking().Include(key => key.Account)
            .Where(key => accountId == null || key.AccountId == accountId)
            .OrderBy(key => key.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Removes a key of one account, or of any.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(int id, string? accountId = null, CancellationToken cancellationToken = default) =>
        await writer.RunAsync(() => db.ApiKeys.Where(key => key.Id == id && (accountId == null || key.AccountId == accountId))
            .ExecuteDeleteAsync(cancellationToken), cancellationToken) > 0;

    /// <summary>Removes all keys of an account.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RemoveAllAsync(string accountId) =>
        writer.RunAsync(() => db.ApiKeys.Where(key => key.AccountId == accountId).ExecuteDeleteAsync());

    /// <summary>Finds the valid key of a secret, with its account; null when there is none.</summary>
    public Task<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = ApiKeySecret.Hash(secret);
        return db.ApiKeys.AsNoTracking().Valid().Include(key => key.Account).SingleOrDefaultAsync(key => key.Hash == hash, cancellationToken);
    }

    private async Task<(ApiKey Key, string Secret)> InsertAsync(string accountId, string name, CancellationToken cancellationToken)
    {
        // One writer at a time, so that nobody adds a key between the count and the new one.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockAccountAsync(accountId, cancellationToken);
        var limit = options.MaxKeysPerAccount;
        if (await db.ApiKeys.CountAsync(key => key.AccountId == accountId, cancellationToken) >= limit)
            throw new ApiKeyRefusedException($"The account has {limit} keys, which is as many as it may have. Revoke one that is not needed, then try again.", isFull: true);

        var secret = ApiKeySecret.Create();
        var key = new ApiKey
        {
            AccountId = accountId,
            Name = name,
            Hash = ApiKeySecret.Hash(secret),
            Hint = secret[^4..],
            CreatedAt = time.GetUtcNow(),
        };
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (key, secret);
    }
}
