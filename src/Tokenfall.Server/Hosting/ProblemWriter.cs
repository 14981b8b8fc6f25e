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
        options.Value.CustomizeProblemDetails?.Invoke(context);
        return new ValueTask(response.WriteAsJsonAsync(context.ProblemDetails, options: null, "application/problem+json"));
    }
}
