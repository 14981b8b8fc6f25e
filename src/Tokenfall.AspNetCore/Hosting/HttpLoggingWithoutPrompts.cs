using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;

namespace Tokenfall.AspNetCore;

/// <summary>Keeps prompts and answers out of the application's HTTP log (<c>UseHttpLogging</c>), whatever it logs of other calls.</summary>
internal sealed class HttpLoggingWithoutPrompts : IHttpLoggingInterceptor
{
    // A prompt may be in the query, too.
    private const HttpLoggingFields Prompts = HttpLoggingFields.RequestBody | HttpLoggingFields.RequestQuery;

    // Before routing, a request may be one of ours, and its body would be logged as soon as it is read.
    public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext)
    {
        var endpoint = logContext.HttpContext.GetEndpoint();
        if (endpoint is null || IsOurs(endpoint)) logContext.Disable(Prompts);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext)
    {
        if (logContext.HttpContext.GetEndpoint() is { } endpoint && IsOurs(endpoint)) logContext.Disable(HttpLoggingFields.ResponseBody);
        return ValueTask.CompletedTask;
    }

    private static bool IsOurs(Endpoint endpoint) => endpoint.Metadata.GetMetadata<TokenfallEndpointMetadata>() is not null;
}
