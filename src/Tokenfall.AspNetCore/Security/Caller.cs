using System.Security.Claims;

namespace Tokenfall.AspNetCore;

/// <summary>Determines which owner a run belongs to.</summary>
internal static class Caller
{
    /// <summary>Returns a name that is unique to this caller. All anonymous callers share one owner.</summary>
    /// <param name="user">The request's user.</param>
    /// <returns>The owner of the runs that this caller starts.</returns>
    /// <exception cref="RequestProblemException">The caller is signed in but has no identifier; a shared one would expose runs to others.</exception>
    public static string OwnerOf(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return Owner.Anonymous;
        // The subject of a token is called "sub" if inbound claims are not mapped (RFC 7519, section 4.1.2).
        if ((user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub")) is { } id) return Named("id", id);
        return user.FindFirst(user.Identities.First(identity => identity.IsAuthenticated).NameClaimType) is { } name ? Named("name", name)
            : throw RequestProblems.NoOwner();
    }

    // Includes kind and issuer: an id is not a name, and two issuers may use the same one for different people.
    private static string Named(string kind, Claim claim) => $"{kind}:{claim.Issuer}:{claim.Value}";
}
