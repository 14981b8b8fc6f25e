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
        return user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? user.Identity.Name
            ?? throw new InvalidOperationException(
                "The signed-in caller has neither a NameIdentifier claim, nor sub, nor a name, so nobody can tell whose runs these are. Add one of the claims where you authenticate.");
    }
}
