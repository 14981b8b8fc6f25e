using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>The header <c>Idempotency-Key</c>: a repeated POST attaches to the run that the first one started.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 255;

    // Callers who are not signed in share one owner: their keys must be too long to guess (128 bits in base64url).
    private const int ShortestAnonymous = 22;

    public static StartKey? From(HttpRequest request, string owner, Func<string> fingerprint)
    {
        if (!request.Headers.TryGetValue(Header, out var values)) return null;
        var key = values.ToString();
        if (key.Length is 0 or > Longest || key.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
            throw BadKey($"It must be 1 to {Longest} visible ASCII characters.");
        if (owner == Owner.Anonymous && key.Length < ShortestAnonymous)
            throw BadKey($"Without sign-in it must have at least {ShortestAnonymous} characters, so that nobody can guess it: use a random UUID.");
        return new StartKey(key, fingerprint());
    }

    private static RefusalException BadKey(string detail) => Refusal.BadInput("bad_idempotency_key", "The Idempotency-Key cannot be used", detail);
}
