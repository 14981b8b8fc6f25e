namespace Tokenfall;

/// <summary>Thrown by a source when it cannot complete the answer.</summary>
/// <remarks>
/// The message and <see cref="Exception.InnerException"/> go to the server's log only. The reader gets <see cref="Code"/>,
/// <see cref="Retryable"/>, <see cref="RetryAfter"/> and a fixed message that is safe to show.
/// </remarks>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The code that the reader gets.</param>
    /// <param name="message">All details, for the log. It must not contain secrets.</param>
    /// <param name="retryable">Whether sending the same request again may help.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public ModelException(ErrorCode code, string message, bool retryable, Exception? inner = null) : base(message, inner)
    {
        Code = code;
        Retryable = retryable;
    }

    /// <summary>The code that the reader gets.</summary>
    public ErrorCode Code { get; }

    /// <summary>Whether sending the same request again may help.</summary>
    public bool Retryable { get; }

    /// <summary>How long the provider asks to wait; null if it did not say. Negative values become zero.</summary>
    public TimeSpan? RetryAfter { get; init => field = value < TimeSpan.Zero ? TimeSpan.Zero : value; }

    /// <summary>The provider's id of the request, for the log; null if there is none.</summary>
    public string? UpstreamRequestId { get; init => field = value is null ? null : LogText.Word(value); }
}
