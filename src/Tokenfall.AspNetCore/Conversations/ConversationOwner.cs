using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Determines whose conversations a caller sees.</summary>
internal static class ConversationOwner
{
    /// <exception cref="RequestProblemException">The caller has not signed in: all such callers would share their conversations.</exception>
    public static string Of(HttpContext context, TokenfallHttpOptions options) =>
        Caller.OwnerOf(context.User) is var owner && (owner != Owner.Anonymous || options.AnonymousConversations) ? owner
            : throw RequestProblems.NotSignedIn();
}
