using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>The header <c>Idempotency-Key</c>: a repeated POST attaches to the run that the first one started.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    // Callers who are not signed in share one owner: their keys must be too long to guess (128 bits in base64url).
    private const int MinAnonymousLength = 22;

    /// <summary>The key of this call; null when it has none.</summary>
    /// <param name="context">The call.</param>
    /// <param name="content">Gives the bytes that tell this question from another one. Asked for only when there is a key.</param>
    /// <exception cref="RequestProblemException">The key is malformed, or short enough to guess.</exception>
    public static IdempotencyKey? From(HttpContext context, Func<ReadOnlyMemory<byte>> content)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var values)) return null;
        var key = values.ToString();
        if (key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
            throw BadKey($"It must be 1 to {MaxLength} visible ASCII characters.");
        if (Caller.OwnerOf(context.User) == Owner.Anonymous && key.Length < MinAnonymousLength)
            throw BadKey($"Without sign-in it must have at least {MinAnonymousLength} characters, so that nobody can guess it: use a random UUID.");
        return new IdempotencyKey(key, RequestFingerprint.Of(context.Request, content().Span));
    }

    private static RequestProblemException BadKey(string detail) => RequestProblems.BadInput("bad_idempotency_key", "The Idempotency-Key cannot be used", detail);
}
