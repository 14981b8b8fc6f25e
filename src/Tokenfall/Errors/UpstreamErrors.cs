using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Tokenfall;

/// <summary>One place that knows which fault of a provider means which <see cref="ErrorCode"/>.</summary>
public static class UpstreamErrors
{
    /// <summary>Classifies an HTTP status of a provider. Unknown statuses count by their class.</summary>
    /// <param name="status">The status; 529 is Anthropic's "overloaded", 520 to 524 are Cloudflare's.</param>
    /// <returns>The code, and whether sending the same request again may help.</returns>
    public static (ErrorCode Code, bool Retryable) FromStatus(int status) => status switch
    {
        429 => (ErrorCode.RateLimited, true),
        503 or 529 => (ErrorCode.Overloaded, true),
        408 or 504 or 522 or 524 => (ErrorCode.UpstreamTimeout, true),
        409 or >= 500 => (ErrorCode.UpstreamUnavailable, true),
        // The operator's fault, not the reader's: key, account, permission, address or model name.
        401 or 402 or 403 or 404 or 405 => (ErrorCode.UpstreamUnavailable, false),
        >= 400 => (ErrorCode.InvalidRequest, false),
        _ => (ErrorCode.UpstreamUnavailable, false),
    };

    /// <summary>Classifies an exception that a source let through; where its own type says nothing, by what caused it.</summary>
    public static ModelException Classify(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        // Client libraries wrap what happened to the connection in exceptions of their own.
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (FromType(cause) is var (code, retryable))
                return new ModelException(code, failure.Message, retryable, failure);
        }
        return new ModelException(ErrorCode.Internal, failure.Message, retryable: false, failure);
    }

    private static (ErrorCode Code, bool Retryable)? FromType(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: HttpStatusCode status } => FromStatus((int)status),
        HttpRequestException or IOException or SocketException => (ErrorCode.UpstreamUnavailable, true),
        TimeoutException => (ErrorCode.UpstreamTimeout, true),
        JsonException => (ErrorCode.UpstreamUnavailable, true),
        _ => null,
    };
}
