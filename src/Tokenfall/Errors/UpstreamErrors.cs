using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Maps a provider's failures to an <see cref="ErrorCode"/>, in one place for all sources.</summary>
public static class UpstreamErrors
{
    /// <summary>Classifies a provider's HTTP status. Unknown statuses are classified by their first digit.</summary>
    /// <param name="status">The status; 529 is Anthropic's "overloaded", 520 to 524 are Cloudflare's.</param>
    /// <returns>The code, and whether sending the same request again may help.</returns>
    public static (ErrorCode Code, bool Retryable) FromStatus(int status) => status switch
    {
        429 => (ErrorCode.RateLimited, true),
        503 or 529 => (ErrorCode.Overloaded, true),
        408 or 504 or 522 or 524 => (ErrorCode.UpstreamTimeout, true),
        409 or >= 500 => (ErrorCode.UpstreamUnavailable, true),
        // The operator has to fix these, not the reader: key, account, permission, address or model name.
        401 or 402 or 403 or 404 or 405 => (ErrorCode.UpstreamUnavailable, false),
        >= 400 => (ErrorCode.InvalidRequest, false),
        _ => (ErrorCode.UpstreamUnavailable, false),
    };

    /// <summary>Classifies an exception that a source did not handle, by its type or else by the type of its inner exceptions.</summary>
    /// <param name="failure">The exception.</param>
    /// <returns>An exception with the code; <see cref="ErrorCode.Internal"/> if no type is known. <paramref name="failure"/> is its inner exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="failure"/> is null.</exception>
    public static ModelException Classify(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        // Client libraries wrap connection failures in their own exceptions.
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
