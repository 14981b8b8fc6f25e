using System.Security.Claims;

namespace Tokenfall.AspNetCore;

/// <summary>Tells whose runs a caller's are.</summary>
public static class ClaimsPrincipalExtensions
{
    /// <summary>Returns the owner of the runs and conversations that this caller starts at Tokenfall's endpoints.</summary>
    /// <param name="user">The caller.</param>
    /// <returns>The owner, for <see cref="RunManager.FindAsync"/> and <see cref="IConversationStore"/>. All anonymous callers share one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="user"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The caller is signed in but has no identifier; a shared owner would expose runs to others.</exception>
    public static string GetRunOwner(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        try
        {
            return Caller.OwnerOf(user);
        }
        catch (RequestProblemException problem)
        {
            throw new InvalidOperationException(problem.Problem.Detail, problem);
        }
    }
}
