using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Checks an e-mail address and a password. An unknown address, a wrong password, a locked account and a try that could not be counted get the same
/// response and cost one password hash each, which takes most of the time.
/// </summary>
internal sealed class PasswordCheck(
    UserManager<IdentityUser> accounts, TokenfallDb db, StoreWriter writer, AccountLocks locks, HashingThreads threads, KnownDevice device, DecoyPassword decoy,
    TimeProvider time)
{
    private const int MaxAttempts = 3;

    /// <remarks>For who has a place on <see cref="HashingThreads"/>.</remarks>
    /// <param name="http">The request, from a device that may be known.</param>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <returns>The account, or <see langword="null"/> when they do not match one.</returns>
    public async Task<IdentityUser?> FindAsync(HttpContext http, string email, string password)
    {
        if (await CheckAsync(http, email, password) is { } right) return right.Account;
        // Outside the lock, so that nobody waits for it.
        await threads.RunAsync(() => decoy.Try(password));
        return null;
    }

    /// <returns><see langword="null"/> when no password was checked.</returns>
    private async Task<Outcome?> CheckAsync(HttpContext http, string email, string password)
    {
        // No address has it, and PostgreSQL would refuse the question.
        if (email.Contains('\0', StringComparison.Ordinal)) return null;
        using var turn = await locks.EnterAsync(accounts.NormalizeEmail(email), http.RequestAborted);
        // A disabled account is not tried at all, not even from a known device: what a try writes would let it be used again.
        if (await accounts.FindByEmailAsync(email) is not { } account || account.IsDisabled()) return null;
        if (account.IsClosed(time.GetUtcNow()) && !device.MayTry(http, account)) return null;
        // Counted before it is checked. Otherwise, while nothing can be written, the right password would be told from all others.
        if (await UpdateAsync(account, one => one.CountFailure(time.GetUtcNow())) is not { } counted) return null;

        var right = await threads.RunAsync(() => accounts.CheckPasswordAsync(counted, password).GetAwaiter().GetResult());
        // A command may have given the account another password meanwhile.
        var signedIn = right && await UpdateAsync(counted, Lockout.ForgetFailures) is { } current && current.PasswordHash == counted.PasswordHash ? current : null;
        return new Outcome(signedIn);
    }

    /// <returns>The account as it is now, or <see langword="null"/> when the change cannot be written.</returns>
    private async Task<IdentityUser?> UpdateAsync(IdentityUser account, Action<IdentityUser> change)
    {
        for (var left = MaxAttempts; left > 0; left--)
        {
            try
            {
                change(account);
                if ((await writer.RunAsync(() => accounts.UpdateAsync(account))).Succeeded) return account;
            }
            catch (DbUpdateException)
            {
                return null;
            }
            // Another process, such as a command, has changed the account meanwhile.
            db.ChangeTracker.Clear();
            if (await accounts.FindByIdAsync(account.Id) is not { } current || current.IsDisabled()) return null;
            account = current;
        }
        return null;
    }

    private sealed record Outcome(IdentityUser? Account);
}
