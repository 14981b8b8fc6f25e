namespace Tokenfall;

/// <summary>Thrown when a run may not start now. Nothing was sent to the model.</summary>
public sealed class AdmissionException : Exception
{
    // Long enough for an answer to end, short enough not to feel like a ban.
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why the run may not start.</param>
    /// <param name="retryAfter">How long to wait before trying again; null means 5 seconds.</param>
    public AdmissionException(AdmissionRejection reason, TimeSpan? retryAfter = null) : base(ToMessage(reason))
    {
        Reason = reason;
        RetryAfter = retryAfter ?? DefaultRetryAfter;
    }

    /// <summary>Why the run may not start.</summary>
    public AdmissionRejection Reason { get; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; }

    private static string ToMessage(AdmissionRejection reason) => reason switch
    {
        AdmissionRejection.TooManyRunsOfOwner => "You have reached the limit of answers running at once. Wait for one to end, or stop one.",
        AdmissionRejection.Draining => "The server is restarting. Try again in a moment.",
        _ => "The server is answering as many questions as it can right now. Try again in a moment.",
    };
}
