namespace Tokenfall;

/// <summary>Makes a start idempotent: repeating it attaches to the first run instead of starting, and paying for, another one.</summary>
/// <param name="Key">The caller's key, from <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">A hash of the request. Using the same key for a different request is an error.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint);
