namespace Tokenfall;

/// <summary>Thrown when a run may not start now. Nothing was sent to the model.</summary>
/// <remarks>A scheduler may also throw it while a run waits for its turn; the run then ends with the matching <see cref="ErrorCode"/>.</remarks>
public sealed class AdmissionException : Exception
{
    // Long enough for an answer to end, short enough not to feel like a ban.
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why the run may not start.</param>
    /// <param name="retryAfter">
    /// How long to wait before trying again. Null means 5 seconds, or that it is not known for <see cref="AdmissionRejection.BudgetExceeded"/> and
    /// <see cref="AdmissionRejection.ModelUnpriced"/>, which waiting alone does not change.
    /// </param>
    public AdmissionException(AdmissionRejection reason, TimeSpan? retryAfter = null) : base(reason.ToMessage())
    {
        Reason = reason;
        RetryAfter = retryAfter ?? (reason is AdmissionRejection.BudgetExceeded or AdmissionRejection.ModelUnpriced ? null : DefaultRetryAfter);
    }

    /// <summary>Why the run may not start.</summary>
    public AdmissionRejection Reason { get; }

    /// <summary>How long to wait before trying again; null if it is not known that waiting helps.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What readers of a run get that was rejected while it waited for its turn.</summary>
    internal ModelException ToModelException() =>
        new(Reason.ToErrorCode(), $"The run was rejected while it waited for its turn: {Message}", retryable: RetryAfter is not null, this) { RetryAfter = RetryAfter };
}
