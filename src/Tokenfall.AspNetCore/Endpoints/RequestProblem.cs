using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Why a request is rejected: an HTTP status with problem details (RFC 9457). Nothing was sent to the model.</summary>
public sealed record RequestProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The code that programs check.</param>
    /// <param name="title">A short summary for people.</param>
    /// <param name="detail">What is wrong and what to do about it.</param>
    public RequestProblem(int status, string code, string title, string detail)
    {
        Status = status;
        Code = code;
        Title = title;
        Detail = detail;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The code that programs check.</summary>
    public string Code { get; init; }

    /// <summary>A short summary for people.</summary>
    public string Title { get; init; }

    /// <summary>What is wrong and what to do about it.</summary>
    public string Detail { get; init; }

    /// <summary>How long to wait before trying again; null if waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may be accepted later; null if the response does not say.</summary>
    public bool? Retryable { get; init; }

    /// <summary>Writes the problem as the response.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Completes when the response is written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A cache may otherwise keep a 404 (RFC 9110, section 15.1), and the run may be there a moment later.
        context.Response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var extensions = new Dictionary<string, object?> { ["code"] = Code, ["request_id"] = context.TraceIdentifier };
        // As an element: in a native binary, the framework's problem details know no other value than that and a string.
        if (Retryable is { } retryable) extensions["retryable"] = JsonSerializer.SerializeToElement(retryable, RunJsonContext.Default.Boolean);
        return TypedResults.Problem(Detail, title: Title, statusCode: Status, extensions: extensions).ExecuteAsync(context);
    }
}
