namespace Tokenfall;

/// <summary>How an <see cref="ErrorCode"/> is spelled on the wire and said to a person.</summary>
public static class ErrorCodeExtensions
{
    /// <summary>The name on the wire, such as <c>rate_limited</c>.</summary>
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

    /// <summary>What a reader is shown: nothing of the provider's wording, nothing of this server's inside.</summary>
    public static string ToReaderMessage(this ErrorCode code, bool retryable) => code switch
    {
        ErrorCode.Overloaded => "The model is overloaded right now. Try again in a moment.",
        ErrorCode.RateLimited => "The model is taking no more requests for a moment. Try again shortly.",
        ErrorCode.UpstreamUnavailable when retryable => "The connection to the model was lost. Try again.",
        ErrorCode.UpstreamUnavailable => "The model is not available at the moment. The operator of this site has to look into it.",
        ErrorCode.UpstreamTimeout => "The model did not answer in time. Try again.",
        ErrorCode.Truncated => "The answer broke off before it was complete. Try again.",
        ErrorCode.InvalidRequest => "The model cannot take this request. A shorter or different prompt may work.",
        ErrorCode.Interrupted => "The server was restarted before the answer was complete. Try again.",
        _ => "Something went wrong on our side. Try again; if it happens again, tell the operator the request id.",
    };
}
