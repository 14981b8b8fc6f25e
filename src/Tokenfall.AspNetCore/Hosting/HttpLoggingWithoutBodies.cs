using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;

namespace Tokenfall.AspNetCore;

/// <summary>Keeps prompts and answers out of the application's HTTP log (<c>UseHttpLogging</c>), whatever it logs of other calls.</summary>
internal sealed class HttpLoggingWithoutBodies : IHttpLoggingInterceptor
{
    private const HttpLoggingFields Bodies = HttpLoggingFields.RequestBody | HttpLoggingFields.ResponseBody;

    public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext) => WithoutBodies(logContext);

    // Again: before routing, the request's endpoint is not known.
    public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext) => WithoutBodies(logContext);

    private static ValueTask WithoutBodies(HttpLoggingInterceptorContext logContext)
    {
        if (logContext.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TokenfallEndpointMetadata>() is not null) logContext.Disable(Bodies);
        return ValueTask.CompletedTask;
    }
}
