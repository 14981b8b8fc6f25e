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

    /// <summary>
    /// Classifies an exception that a source did not handle: by what a provider's library says in it or in its inner exceptions (a status, an
    /// error code, how long to wait), or else by its type. It knows the exceptions of the official SDKs, of Azure and of Polly.
    /// </summary>
    /// <param name="failure">The exception.</param>
    /// <returns>An exception with the code; <see cref="ErrorCode.Internal"/> if nothing is known of it. <paramref name="failure"/> is its inner exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="failure"/> is null.</exception>
    public static ModelException Classify(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        // Client libraries wrap connection failures in their own exceptions, and retries wrap those.
        var causes = WithCauses(failure).ToList();
        if (causes.OfType<ModelException>().FirstOrDefault() is { } known)
            return new ModelException(known.Code, known.Message, known.Retryable, failure) { RetryAfter = known.RetryAfter, UpstreamRequestId = known.UpstreamRequestId };
        var (code, retryable) = First(causes, FromResponse) ?? First(causes, FromType) ?? (ErrorCode.Internal, false);
        return new ModelException(code, failure.Message, retryable, failure)
        {
            RetryAfter = causes.Select(ForeignException.RetryAfterOf).FirstOrDefault(wait => wait is not null),
        };
    }

    private static (ErrorCode Code, bool Retryable)? First(List<Exception> causes, Func<Exception, (ErrorCode, bool)?> classify) =>
        causes.Select(classify).FirstOrDefault(found => found is not null);

    // Of several failed attempts the last one tells how things are.
    private static IEnumerable<Exception> WithCauses(Exception failure)
    {
        yield return failure;
        IEnumerable<Exception> inner = failure is AggregateException several ? several.InnerExceptions.Reverse() : failure.InnerException is { } cause ? [cause] : [];
        foreach (var exception in inner.SelectMany(WithCauses)) yield return exception;
    }

    // What the provider answered says more than the type of what was thrown for it.
    private static (ErrorCode Code, bool Retryable)? FromResponse(Exception failure)
    {
        var status = ForeignException.StatusOf(failure);
        var said = ForeignException.SaysWhy(failure) ? ProviderErrorCodes.Find(ForeignException.WordsOf(failure)) : null;
        return status switch
        {
            // Gateways call a wrong key or model an invalid request.
            >= 401 and <= 405 => FromStatus(status.Value),
            // A limit that only the account's owner can lift comes as 429, too. Any other word says less than the status.
            429 when said is not (ErrorCode.UpstreamUnavailable, false) => FromStatus(429),
            // "server_error" says less than the status, and a gateway may call its own failure an invalid request.
            >= 500 when said is null or (ErrorCode.UpstreamUnavailable, true) or (ErrorCode.InvalidRequest, _) => FromStatus(status.Value),
            _ => said ?? (status is { } known ? FromStatus(known) : null),
        };
    }

    private static (ErrorCode Code, bool Retryable)? FromType(Exception failure) => failure switch
    {
        HttpRequestException or IOException or SocketException => (ErrorCode.UpstreamUnavailable, true),
        // The run's own cancellation was handled before: any other is a client's timeout.
        TimeoutException or OperationCanceledException => (ErrorCode.UpstreamTimeout, true),
        JsonException => (ErrorCode.UpstreamUnavailable, true),
        _ => ForeignException.KindOf(failure),
    };
}
