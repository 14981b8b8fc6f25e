namespace Tokenfall;

/// <summary>A source's way of saying why no complete answer will come.</summary>
/// <remarks>
/// The message and <see cref="Exception.InnerException"/> go to the server's log only; the reader gets <see cref="Code"/>,
/// <see cref="Retryable"/>, <see cref="RetryAfter"/> and a fixed, safe sentence.
/// </remarks>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">What the reader's program is told.</param>
    /// <param name="message">Full detail, for the log. No secrets.</param>
    /// <param name="retryable">Whether sending the same request again may help.</param>
    /// <param name="inner">What caused it.</param>
    public ModelException(ErrorCode code, string message, bool retryable, Exception? inner = null) : base(message, inner)
    {
        Code = code;
        Retryable = retryable;
    }

    /// <summary>What the reader's program is told.</summary>
    public ErrorCode Code { get; }

    /// <summary>Whether sending the same request again may help.</summary>
    public bool Retryable { get; }

    /// <summary>How long the provider asks to wait, where it said so. A moment that is past counts as now, zero.</summary>
    public TimeSpan? RetryAfter { get; init => field = value < TimeSpan.Zero ? TimeSpan.Zero : value; }

    /// <summary>The provider's own id of the request, for the log.</summary>
    public string? UpstreamRequestId { get; init; }
}
