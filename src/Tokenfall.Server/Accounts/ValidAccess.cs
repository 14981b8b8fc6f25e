using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Keys;
using Tokenfall.Server.Sessions;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Which accounts, sessions and keys give access now: the one definition, for new requests as well as for those that are still open.
/// </summary>
internal static class ValidAccess
{
    /// <summary>A lock that never ends: the account is disabled.</summary>
    public static readonly DateTimeOffset Disabled = DateTimeOffset.MaxValue;

    /// <summary>Whether an account is disabled, not only closed for some minutes after wrong passwords.</summary>
    public static bool IsDisabled(this IdentityUser account) => account.LockoutEnd == Disabled;

    /// <summary>Accounts that are not disabled.</summary>
    public static IQueryable<IdentityUser> Enabled(this IQueryable<IdentityUser> accounts) =>
        accounts.Where(account => account.LockoutEnd != Disabled);

    /// <summary>Sessions that have not expired, of enabled accounts whose password is still the one of the sign-in.</summary>
    public static IQueryable<Session> Valid(this IQueryable<Session> sessions, DateTimeOffset now)
    {
        // One that ends later was made while the clock was wrong: it would live until the clock gets there. A day, for clocks that differ a little.
        var latest = now + Session.Lifetime + TimeSpan.FromDays(1);
        return sessions.Where(session => session.ExpiresAt > now && session.ExpiresAt <= latest
            && session.SecurityStamp == session.Account!.SecurityStamp && session.Account.LockoutEnd != Disabled);
    }

    /// <summary>Keys of enabled accounts.</summary>
    public static IQueryable<ApiKey> Valid(this IQueryable<ApiKey> keys) => keys.Where(key => key.Account!.LockoutEnd != Disabled);
}
