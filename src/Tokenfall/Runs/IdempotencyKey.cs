namespace Tokenfall;

/// <summary>Makes a start safe to repeat: the second time attaches to the first run instead of starting, and billing, another.</summary>
/// <param name="Key">The caller's key, from <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">A hash of what is asked: the same key with something else is a mistake of the caller's.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint);
