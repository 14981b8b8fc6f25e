using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Why a request is rejected: an HTTP status with problem details (RFC 9457). Nothing was sent to the model.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code that programs check.</param>
/// <param name="Title">A short summary for people.</param>
/// <param name="Detail">What is wrong and what to do about it.</param>
public sealed record RequestProblem(int Status, string Code, string Title, string Detail)
{
    /// <summary>How long to wait before trying again; null if waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Writes the problem as the response.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A cache may otherwise keep a 404 (RFC 9110, section 15.1), and the run may be there a moment later.
        context.Response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            Detail, title: Title, statusCode: Status,
            extensions: new Dictionary<string, object?> { ["code"] = Code, ["request_id"] = context.TraceIdentifier }).ExecuteAsync(context);
    }
}
