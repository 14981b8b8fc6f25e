using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Why a request is not accepted: an HTTP status with problem details (RFC 9457). Nothing was sent to the model.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What a program reads.</param>
/// <param name="Title">What a person reads first.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record RequestProblem(int Status, string Code, string Title, string Detail)
{
    /// <summary>When it is worth asking again; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Answers with the problem.</summary>
    /// <param name="context">The call.</param>
    public Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            Detail, title: Title, statusCode: Status,
            extensions: new Dictionary<string, object?> { ["code"] = Code, ["request_id"] = context.TraceIdentifier }).ExecuteAsync(context);
    }
}
