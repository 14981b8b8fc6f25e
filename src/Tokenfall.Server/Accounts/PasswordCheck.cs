using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Checks an e-mail address and a password. An unknown address, a wrong password and a locked account get the same response and cost one
/// password hash each, which takes most of the time. The rest differs little: a wrong password for an account also writes a count.
/// </summary>
internal sealed class PasswordCheck(UserManager<IdentityUser> accounts, TokenfallDb db, AccountLocks locks, DecoyPassword decoy)
{
    private const int MaxAttempts = 3;

    /// <returns>The account, or <see langword="null"/> when they do not match one.</returns>
    /// <exception cref="InvalidOperationException">The attempt cannot be counted.</exception>
    public async Task<IdentityUser?> FindAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await CheckAsync(email, password, cancellationToken) is { } right) return right.Account;
        // Outside the lock, so that nobody waits for it.
        decoy.Try(password);
        return null;
    }

    /// <returns><see langword="null"/> when no password was checked: there is no such account, or it is locked.</returns>
    private async Task<Outcome?> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(accounts.NormalizeEmail(email), cancellationToken);
        for (var left = MaxAttempts; ; left--)
        {
            // Reads the account as it is in the database now, not as this request may have seen it before.
            db.ChangeTracker.Clear();
            if (await accounts.FindByEmailAsync(email) is not { } account || await accounts.IsLockedOutAsync(account)) return null;

            var right = await accounts.CheckPasswordAsync(account, password);
            var counted = right ? await accounts.ResetAccessFailedCountAsync(account) : await accounts.AccessFailedAsync(account);
            if (counted.Succeeded) return new Outcome(right ? account : null);
            // Another process, such as a command, has changed the account meanwhile. No uncounted attempt gets a response.
            if (left == 1) throw new InvalidOperationException($"A sign-in could not be counted. {counted.Messages()}");
        }
    }

    private sealed record Outcome(IdentityUser? Account);
}
