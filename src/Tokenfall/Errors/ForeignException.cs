using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Tokenfall;

/// <summary>Reads what the exceptions of client libraries say, by their shape: Tokenfall references none of these libraries.</summary>
internal static partial class ForeignException
{
    private const int LongestText = 4096;

    private static readonly string[] StatusProperties = ["StatusCode", "Status", "HttpStatusCode"];

    private static readonly string[] TextProperties = ["ErrorCode", "ResponseBody", "ResponseContent", "Message"];

    private static readonly string[] Libraries = ["Anthropic.", "OpenAI.", "System.ClientModel.", "Azure.", "Amazon.", "Google.", "Microsoft.SemanticKernel.", "OllamaSharp."];

    /// <summary>The HTTP status that the provider answered; null when there was none.</summary>
    public static int? StatusOf(Exception failure)
    {
        if (failure is HttpRequestException http) return (int?)http.StatusCode;
        foreach (var name in StatusProperties)
        {
            var status = PublicMember.Read(failure, name) switch { int number => number, HttpStatusCode code => (int)code, _ => 0 };
            if (status is >= 300 and <= 599) return status;
        }
        return IsLibrarys(failure) ? StatusIn(failure.Message) : null;
    }

    /// <summary>How long the provider, or a limiter in front of it, asks to wait; null when it does not say.</summary>
    public static TimeSpan? RetryAfterOf(Exception failure)
    {
        if (PublicMember.Read(failure, "RetryAfter") is TimeSpan wait) return RetryAfterHeader.Bounded(wait);
        // ClientResultException and RequestFailedException carry the response; others carry its headers.
        var headers = PublicMember.Read(PublicMember.Call(failure, "GetRawResponse") ?? failure, "Headers") as IEnumerable;
        return headers is null ? null : RetryAfterHeader.In(headers, TimeProvider.System);
    }

    /// <summary>Whether its words are a provider's, and not those of the application's code.</summary>
    public static bool SaysWhy(Exception failure) => failure is not HttpRequestException && (IsLibrarys(failure) || StatusOf(failure) is not null);

    /// <summary>All that it says.</summary>
    public static string WordsOf(Exception failure)
    {
        var words = string.Join(' ', TextProperties.Select(name => PublicMember.Read(failure, name) as string ?? (name == "Message" ? failure.Message : null)));
        return words.Length > LongestText ? words[..LongestText] : words;
    }

    /// <summary>What its type means, for those that carry no response; null when the type is not known.</summary>
    public static (ErrorCode Code, bool Retryable)? KindOf(Exception failure)
    {
        for (var type = failure.GetType(); type is not null; type = type.BaseType)
        {
            switch (type.FullName)
            {
                case "Polly.Timeout.TimeoutRejectedException":
                    return (ErrorCode.UpstreamTimeout, true);
                case "Polly.CircuitBreaker.BrokenCircuitException":
                    return (ErrorCode.UpstreamUnavailable, true);
                case "Polly.RateLimiting.RateLimiterRejectedException" or "Polly.RateLimit.RateLimitRejectedException" or "Polly.Bulkhead.BulkheadRejectedException":
                    return (ErrorCode.RateLimited, true);
                case "Azure.Identity.AuthenticationFailedException":
                    return (ErrorCode.UpstreamUnavailable, false);
                case "Grpc.Core.RpcException":
                    return FromGrpc(PublicMember.Read(failure, "StatusCode")?.ToString());
            }
        }
        return null;
    }

    private static (ErrorCode Code, bool Retryable)? FromGrpc(string? status) => status switch
    {
        "ResourceExhausted" => (ErrorCode.RateLimited, true),
        "Unavailable" or "Aborted" or "Internal" => (ErrorCode.UpstreamUnavailable, true),
        "DeadlineExceeded" => (ErrorCode.UpstreamTimeout, true),
        "InvalidArgument" or "OutOfRange" or "FailedPrecondition" => (ErrorCode.InvalidRequest, false),
        "Unauthenticated" or "PermissionDenied" or "NotFound" or "Unimplemented" => (ErrorCode.UpstreamUnavailable, false),
        _ => null,
    };

    // Where trimming has removed the property, its words are still there: "HTTP 429 (...)", "Status: 503 (...)", "Status Code: TooManyRequests".
    private static int? StatusIn(string message)
    {
        var match = StatusWords().Match(message);
        if (!match.Success) return null;
        var word = match.Groups[1].Value;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is >= 300 and <= 599 ? number : null;
        return Enum.TryParse<HttpStatusCode>(word, out var status) ? (int)status : null;
    }

    private static bool IsLibrarys(Exception failure) =>
        failure.GetType().FullName is { } name && Libraries.Any(library => name.StartsWith(library, StringComparison.Ordinal));

    [GeneratedRegex(@"\b(?:HTTP |Status(?: Code)?: )(\d{3}|[A-Z]\w+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex StatusWords();
}
