using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Remembers, in a cookie, that somebody has signed in to an account from this browser. A stranger who locks the account by wrong passwords does not
/// lock out its owner there.
/// </summary>
/// <remarks>The cookie is no credential: it only lets a password be tried. A stolen one gives five tries in five minutes, as the account does.</remarks>
internal sealed class KnownDevice(IDataProtectionProvider protection) : IDisposable
{
    private const string Cookie = "tokenfall.device";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Tokenfall.KnownDevice").ToTimeLimitedDataProtector();

    private readonly PartitionedRateLimiter<string> _tries = PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetFixedWindowLimiter(
        account, _ => new() { PermitLimit = Lockout.MaxTries, Window = Lockout.Duration }));

    /// <summary>The account that somebody has signed in to from this browser; null when it is not known, or not for sure.</summary>
    public string? AccountId(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: < 1000 } value) return null;
        try
        {
            return _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether this browser may try a password though the account is locked. It counts as a try.</summary>
    public bool MayTry(HttpContext http, IdentityUser account)
    {
        if (AccountId(http) != account.Id) return false;
        using var permit = _tries.AttemptAcquire(account.Id);
        return permit.IsAcquired;
    }

    /// <summary>Makes this browser known; after a sign-in.</summary>
    public void Remember(HttpContext http, IdentityUser account) =>
        http.Response.Cookies.Append(Cookie, _protector.Protect(account.Id, Lifetime), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = Lifetime,
            // The server may also stand under a path that it does not know of.
            Path = http.Request.PathBase.HasValue ? http.Request.PathBase.ToUriComponent() : "/",
        });

    public void Dispose() => _tries.Dispose();
}
