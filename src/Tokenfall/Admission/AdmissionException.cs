namespace Tokenfall;

/// <summary>A run may not start now. Nothing was sent upstream.</summary>
public sealed class AdmissionException : Exception
{
    internal AdmissionException(AdmissionRejection reason, TimeSpan retryAfter) : base(Words(reason))
    {
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>Why.</summary>
    public AdmissionRejection Reason { get; }

    /// <summary>When it is worth asking again.</summary>
    public TimeSpan RetryAfter { get; }

    private static string Words(AdmissionRejection reason) => reason switch
    {
        AdmissionRejection.TooManyRunsOfOwner => "You have as many answers running as you may. Wait for one to end, or stop one.",
        AdmissionRejection.Draining => "The server is restarting. Try again in a moment.",
        _ => "The server is answering as many questions as it can. Try again in a moment.",
    };
}
