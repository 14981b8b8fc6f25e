using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Writes problem details for callers that accept only events, and for every call of our endpoints.</summary>
/// <remarks>The framework's own writer declines such requests, and status code pages then answer in plain text.</remarks>
internal sealed class EventStreamProblemWriter(IOptions<ProblemDetailsOptions> options, IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TokenfallEndpointMetadata>() is not null
        || context.HttpContext.Request.GetTypedHeaders().Accept.Any(SseHeaders.IsEventStream);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        context.ProblemDetails.Status ??= response.StatusCode;
        // What the framework's own writer adds: the result fills in the type and the title that belong to the status.
        _ = TypedResults.Problem(context.ProblemDetails);
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        options.Value.CustomizeProblemDetails?.Invoke(context);
        var type = json.Value.SerializerOptions.GetTypeInfo(context.ProblemDetails.GetType());
        return new ValueTask(response.WriteAsJsonAsync(context.ProblemDetails, type, "application/problem+json"));
    }
}
