using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Tokenfall.Server.Hosting;

/// <summary>Writes problem details whatever the request accepts: the framework's own writer leaves some to plain text.</summary>
internal sealed class ProblemWriter(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        context.ProblemDetails.Status ??= response.StatusCode;
        // What the framework's own writer adds: the result fills in the type and the title that belong to the status.
        _ = TypedResults.Problem(context.ProblemDetails);
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        options.Value.CustomizeProblemDetails?.Invoke(context);
        return new ValueTask(response.WriteAsJsonAsync(context.ProblemDetails, options: null, "application/problem+json"));
    }
}
