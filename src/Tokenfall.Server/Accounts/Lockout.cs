using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>Wrong passwords close an account for some minutes.</summary>
internal static class Lockout
{
    /// <summary>How many wrong passwords close an account.</summary>
    public const int MaxTries = 5;

    /// <summary>How long it stays closed.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    /// <summary>Whether an account is closed. One that were closed for longer was closed while the clock was wrong, and is open.</summary>
    public static bool IsClosed(this IdentityUser account, DateTimeOffset now) => account.LockoutEnd > now && account.LockoutEnd <= now + Duration;

    /// <summary>Counts a try as a wrong one.</summary>
    public static void CountFailure(this IdentityUser account, DateTimeOffset now)
    {
        if (++account.AccessFailedCount < MaxTries) return;
        (account.AccessFailedCount, account.LockoutEnd) = (0, now + Duration);
    }

    /// <summary>Forgets wrong tries, after a right one.</summary>
    public static void ForgetFailures(this IdentityUser account) => (account.AccessFailedCount, account.LockoutEnd) = (0, null);
}
