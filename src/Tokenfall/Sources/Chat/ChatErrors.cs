using System.Globalization;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Says what an <see cref="ErrorContent"/> among the updates means.</summary>
internal static class ChatErrors
{
    /// <summary>Whether the model declined: the OpenAI client reports what it said as an error.</summary>
    public static bool IsRefusal(ErrorContent error) => string.Equals(error.ErrorCode, "refusal", StringComparison.OrdinalIgnoreCase);

    public static ModelException Of(ErrorContent error)
    {
        var (code, retryable) = Classify(error.ErrorCode);
        return new ModelException(code, $"The chat client reports an error: {LogText.Quote($"{error.ErrorCode}: {error.Message} {error.Details}")}", retryable);
    }

    private static (ErrorCode Code, bool Retryable) Classify(string? code) => code?.ToLowerInvariant() switch
    {
        { } status when int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 400 and <= 599 =>
            UpstreamErrors.FromStatus(number),
        "rate_limit_exceeded" or "rate_limit_error" or "rate_limited" => (ErrorCode.RateLimited, true),
        "overloaded" or "overloaded_error" or "server_overloaded" => (ErrorCode.Overloaded, true),
        "timeout" or "timeout_error" => (ErrorCode.UpstreamTimeout, true),
        "insufficient_quota" or "authentication_error" or "permission_error" or "billing_error" or "invalid_api_key" => (ErrorCode.UpstreamUnavailable, false),
        "invalid_request" or "invalid_request_error" or "invalid_prompt" or "context_length_exceeded" or "request_too_large" => (ErrorCode.InvalidRequest, false),
        _ => (ErrorCode.UpstreamUnavailable, true),
    };
}
