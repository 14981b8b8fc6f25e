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
        ErrorCode.UpstreamUnavailable when retryable => "The connection to the model was lost. Try again.",
        ErrorCode.UpstreamUnavailable => "The model is not available at the moment. The operator of this site has to fix this.",
        ErrorCode.UpstreamTimeout => "The model did not answer in time. Try again.",
        ErrorCode.Truncated => "The answer was cut off before it was complete. Try again.",
        ErrorCode.InvalidRequest => "The model rejected this request. A shorter or different prompt may work.",
        ErrorCode.Interrupted => "The server was restarted before the answer was complete. Try again.",
        _ => "Something went wrong on our side. Try again. If it keeps happening, send the request id to the operator.",
    };
}
