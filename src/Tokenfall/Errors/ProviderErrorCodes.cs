using System.Text.RegularExpressions;

namespace Tokenfall;

/// <summary>The error codes that providers use, in their own words, and what they mean.</summary>
internal static partial class ProviderErrorCodes
{
    private static readonly (ErrorCode Code, bool Retryable) OperatorsFault = (ErrorCode.UpstreamUnavailable, false);

    /// <summary>Classifies one code, such as <c>rate_limit_error</c>; null when it is not known.</summary>
    public static (ErrorCode Code, bool Retryable)? Classify(string? code) => code?.ToLowerInvariant() switch
    {
        "rate_limit_exceeded" or "rate_limit_error" or "rate_limited" or "too_many_requests" => (ErrorCode.RateLimited, true),
        "overloaded" or "overloaded_error" or "server_overloaded" => (ErrorCode.Overloaded, true),
        "timeout" or "timeout_error" => (ErrorCode.UpstreamTimeout, true),
        "api_error" or "server_error" => (ErrorCode.UpstreamUnavailable, true),
        "insufficient_quota" or "authentication_error" or "permission_error" or "billing_error" or "invalid_api_key" or "not_found_error" or "model_not_found"
            or "enforced_spend_limit_reached" or "contract_spend_limit_reached" or "linked_organization_spend_limit_reached" => OperatorsFault,
        "invalid_request" or "invalid_request_error" or "invalid_prompt" or "context_length_exceeded" or "request_too_large" => (ErrorCode.InvalidRequest, false),
        _ => null,
    };

    /// <summary>Finds the codes in a message or a JSON body. One that only the operator can do something about outweighs the others.</summary>
    public static (ErrorCode Code, bool Retryable)? Find(string text)
    {
        if (Limits().IsMatch(text)) return OperatorsFault;
        var known = Words().Matches(text).Select(word => Classify(word.Value)).Where(code => code is not null).ToList();
        return known.Contains(OperatorsFault) ? OperatorsFault : known.FirstOrDefault();
    }

    // A code has an underscore; a single word may be anything.
    [GeneratedRegex("[a-z]+(?:_[a-z]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex("spend limit|usage limits|credit balance", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Limits();
}
