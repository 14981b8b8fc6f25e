using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Tokenfall.AspNetCore;

namespace Tokenfall.Server.Accounts;

/// <summary>What is known of an authenticated caller: the account, and the session or the key by which it was authenticated.</summary>
internal static class CallerClaims
{
    /// <summary>The claim with the number of the session.</summary>
    public const string Session = "tokenfall:session";

    /// <summary>The claim with the number of the API key.</summary>
    public const string Key = "tokenfall:key";

    /// <summary>Makes a caller.</summary>
    /// <param name="account">The account that it acts as.</param>
    /// <param name="scheme">The scheme that authenticated it.</param>
    /// <param name="claim"><see cref="Session"/> or <see cref="Key"/>.</param>
    /// <param name="id">Its number.</param>
    public static ClaimsPrincipal Principal(IdentityUser account, string scheme, string claim, int id)
    {
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, account.Id),
            new(ClaimTypes.Name, account.UserName!),
            new(claim, id.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The owner of all runs and conversations of an account, whatever authenticated its callers.</summary>
    public static string OwnerOf(IdentityUser account) => Principal(account, IdentityConstants.ApplicationScheme, Session, 0).GetRunOwner();

    /// <summary>The id of the account; null when the caller is anonymous.</summary>
    public static string? AccountId(this ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>The number of the session; null when it was not one.</summary>
    public static int? SessionId(this ClaimsPrincipal caller) => Number(caller, Session);

    /// <summary>The number of the key; null when it was not one.</summary>
    public static int? KeyId(this ClaimsPrincipal caller) => Number(caller, Key);

    private static int? Number(ClaimsPrincipal caller, string claim) =>
        caller.FindFirstValue(claim) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;
}
