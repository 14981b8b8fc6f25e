namespace Tokenfall;

/// <summary>What a rejection means for readers.</summary>
internal static class AdmissionRejectionExtensions
{
    public static ErrorCode ToErrorCode(this AdmissionRejection reason) => reason switch
    {
        AdmissionRejection.TooManyRunsOfOwner => ErrorCode.TooManyRunsOfOwner,
        AdmissionRejection.Draining => ErrorCode.Interrupted,
        AdmissionRejection.BudgetExceeded => ErrorCode.BudgetExceeded,
        AdmissionRejection.ModelUnpriced => ErrorCode.ModelUnpriced,
        AdmissionRejection.StoreUnavailable => ErrorCode.StoreUnavailable,
        _ => ErrorCode.TooManyRuns,
    };

    public static string ToMessage(this AdmissionRejection reason) =>
        reason == AdmissionRejection.Draining ? "The server is restarting. Try again in a moment." : reason.ToErrorCode().ToReaderMessage(retryable: true);
}
