namespace Tokenfall;

/// <summary>The wire name and the reader's message of an <see cref="ErrorCode"/>.</summary>
public static class ErrorCodeExtensions
{
    /// <summary>Returns the name on the wire, such as <c>rate_limited</c>.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The name in snake case; <c>internal</c> for unknown values.</returns>
    public static string ToWireName(this ErrorCode code) => code switch
    {
        ErrorCode.Overloaded => "overloaded",
        ErrorCode.RateLimited => "rate_limited",
        ErrorCode.UpstreamUnavailable => "upstream_unavailable",
        ErrorCode.UpstreamTimeout => "upstream_timeout",
        ErrorCode.Truncated => "truncated",
        ErrorCode.InvalidRequest => "invalid_request",
        ErrorCode.Interrupted => "interrupted",
        ErrorCode.TooManyRuns => "too_many_runs",
        ErrorCode.TooManyRunsOfOwner => "too_many_runs_of_owner",
        ErrorCode.BudgetExceeded => "budget_exceeded",
        ErrorCode.ModelUnpriced => "model_unpriced",
        ErrorCode.StoreUnavailable => "store_unavailable",
        _ => "internal",
    };

    /// <summary>Returns a message that is safe to show: it contains neither the provider's wording nor internal details.</summary>
    /// <param name="code">The code.</param>
    /// <param name="retryable">Whether sending the same request again may help.</param>
    /// <returns>One or two sentences in English.</returns>
    public static string ToReaderMessage(this ErrorCode code, bool retryable) => code switch
    {
        ErrorCode.Overloaded => "The model is overloaded right now. Try again in a moment.",
        ErrorCode.RateLimited => "The model is not accepting more requests right now. Try again shortly.",
        ErrorCode.UpstreamUnavailable when retryable => "The model could not be reached. Try again.",
        ErrorCode.UpstreamUnavailable => "The model is not available at the moment. The operator of this site has to fix this.",
        ErrorCode.UpstreamTimeout => "The model did not answer in time. Try again.",
        ErrorCode.Truncated => "The answer was cut off before it was complete. Try again.",
        ErrorCode.InvalidRequest => "The model rejected this request. A shorter or different prompt may work.",
        ErrorCode.Interrupted => "The server was restarted before the answer was complete. Try again.",
        ErrorCode.TooManyRuns => "The server is answering as many questions as it can right now. Try again in a moment.",
        ErrorCode.TooManyRunsOfOwner => "You have reached the limit of answers running at once. Wait for one to end, or stop one.",
        ErrorCode.BudgetExceeded => "Your budget does not allow this answer. Wait until it is renewed, or ask the operator of this site to raise it.",
        ErrorCode.ModelUnpriced => "This model has no price here, so it cannot be used with a budget. The operator of this site has to set one.",
        ErrorCode.StoreUnavailable => "The server cannot record new answers right now. Try again in a moment.",
        _ => "Something went wrong on our side. Try again. If it keeps happening, send the request id to the operator.",
    };
}
