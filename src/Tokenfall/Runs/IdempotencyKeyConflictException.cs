namespace Tokenfall;

/// <summary>A start key was used before for something else.</summary>
public sealed class IdempotencyKeyConflictException : Exception
{
    internal IdempotencyKeyConflictException() : base("This Idempotency-Key was used for a different request. Make a new key for each question.")
    {
    }
}
