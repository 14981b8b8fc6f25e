namespace Tokenfall;

/// <summary>An idempotency key was used before for a different request.</summary>
public sealed class IdempotencyKeyConflictException : Exception
{
    /// <summary>Creates the exception.</summary>
    public IdempotencyKeyConflictException() : base("This Idempotency-Key was used for a different request. Make a new key for each question.")
    {
    }
}
