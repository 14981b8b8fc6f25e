using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Checks an e-mail and a password. An unknown e-mail, a wrong password and a locked account give the same answer and cost one password
/// hash each, by far the most of the time. What is left to time is small: a wrong password for an account also writes a count.
/// </summary>
internal sealed class PasswordCheck(UserManager<IdentityUser> accounts, TokenfallDb db, AccountLocks locks, DecoyPassword decoy)
{
    private const int MaxTries = 3;

    /// <returns>The account, or <see langword="null"/> when these do not open one.</returns>
    /// <exception cref="InvalidOperationException">The outcome cannot be counted.</exception>
    public async Task<IdentityUser?> FindAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await JudgeAsync(email, password, cancellationToken) is { } right) return right.Account;
        // Outside the lock: nobody waits for it.
        decoy.Try(password);
        return null;
    }

    /// <returns><see langword="null"/> when no password was looked at: there is no such account, or it is locked.</returns>
    private async Task<Verdict?> JudgeAsync(string email, string password, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(accounts.NormalizeEmail(email), cancellationToken);
        for (var left = MaxTries; ; left--)
        {
            // As it is in the database now, not as this request may have seen it before.
            db.ChangeTracker.Clear();
            if (await accounts.FindByEmailAsync(email) is not { } account || await accounts.IsLockedOutAsync(account)) return null;

            var right = await accounts.CheckPasswordAsync(account, password);
            var counted = right ? await accounts.ResetAccessFailedCountAsync(account) : await accounts.AccessFailedAsync(account);
            if (counted.Succeeded) return new Verdict(right ? account : null);
            // Another process, such as the console, has changed the account meanwhile. Nothing uncounted is answered.
            if (left == 1) throw new InvalidOperationException($"A sign-in could not be counted. {counted.Words()}");
        }
    }

    private sealed record Verdict(IdentityUser? Account);
}
