namespace Tokenfall;

/// <summary>Which of Anthropic's error types means which <see cref="ErrorCode"/> (https://docs.claude.com/en/api/errors).</summary>
internal static class ErrorTypes
{
    /// <summary>Classifies an error; null when its type is not known.</summary>
    public static (ErrorCode Code, bool Retryable)? Classify(ProviderError error) => error.Type switch
    {
        // The operator's to solve, not the reader's, whatever type it comes under.
        _ when error.IsSpendLimit => (ErrorCode.UpstreamUnavailable, false),
        "authentication_error" or "permission_error" or "billing_error" or "not_found_error" => (ErrorCode.UpstreamUnavailable, false),
        "overloaded_error" => (ErrorCode.Overloaded, true),
        "rate_limit_error" => (ErrorCode.RateLimited, true),
        "api_error" => (ErrorCode.UpstreamUnavailable, true),
        "timeout_error" => (ErrorCode.UpstreamTimeout, true),
        "invalid_request_error" or "request_too_large" => (ErrorCode.InvalidRequest, false),
        _ when error.Status is >= 400 and <= 599 => UpstreamErrors.FromStatus(error.Status.Value),
        _ => null,
    };
}
