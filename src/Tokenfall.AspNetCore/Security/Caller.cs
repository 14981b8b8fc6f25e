using System.Security.Claims;

namespace Tokenfall.AspNetCore;

/// <summary>To whom a run belongs.</summary>
internal static class Caller
{
    /// <summary>The name that only this caller has. Without sign-in all callers are one owner.</summary>
    /// <exception cref="InvalidOperationException">The caller is signed in but has no name: sharing one would open runs to each other.</exception>
    public static string OwnerOf(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return Owner.Anonymous;
        // "sub" is what a token's subject stays called when inbound claims are not mapped (RFC 7519, section 4.1.2).
        if ((user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub")) is { } id) return Named("id", id);
        return user.FindFirst(user.Identities.First(identity => identity.IsAuthenticated).NameClaimType) is { } name ? Named("name", name)
            : throw new InvalidOperationException(
                "The signed-in caller has neither a NameIdentifier claim, nor sub, nor a name, so nobody can tell whose runs these are. Add one of the claims where you authenticate.");
    }

    // Kind and issuer belong to the name: an id is not a name, and two issuers may know a different person by the same one.
    private static string Named(string kind, Claim claim) => $"{kind}:{claim.Issuer}:{claim.Value}";
}
