namespace Tokenfall;

/// <summary>Makes a start idempotent: repeating it attaches to the first run instead of starting, and paying for, another one.</summary>
public sealed record IdempotencyKey
{
    /// <summary>Creates the key.</summary>
    /// <param name="key">The caller's key, from <c>Idempotency-Key</c>.</param>
    /// <param name="fingerprint">A hash of the request. Using the same key for a different request is an error.</param>
    public IdempotencyKey(string key, string fingerprint)
    {
        Key = key;
        Fingerprint = fingerprint;
    }

    /// <summary>The caller's key, from <c>Idempotency-Key</c>.</summary>
    public string Key { get; init; }

    /// <summary>A hash of the request. Using the same key for a different request is an error.</summary>
    public string Fingerprint { get; init; }
}
