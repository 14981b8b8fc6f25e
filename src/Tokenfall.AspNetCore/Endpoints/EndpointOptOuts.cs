using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;

namespace Tokenfall.AspNetCore;

/// <summary>What the endpoints declare, so that middleware for ordinary responses leaves their streams alone.</summary>
internal static class EndpointOptOuts
{
    /// <summary>What all calls declare.</summary>
    public static TBuilder OptOutOfResponseMiddleware<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        // A stored answer would be replayed from its start to a reader that resumes; one that is being stored is held back.
        builder.WithMetadata(new TokenfallEndpointMetadata(), new OutputCacheAttribute { NoStore = true });
        builder.DisableCookieRedirect();
        builder.DisableRequestTimeout();
        return builder;
    }

    /// <summary>Keeps rate limits off calls that read on or stop, unless the endpoint asks for them.</summary>
    public static void ExemptFromRateLimits(this IEndpointConventionBuilder builder) => builder.Finally(endpoint =>
    {
        if (!endpoint.Metadata.OfType<RateLimitAllCallsMetadata>().Any()) endpoint.Metadata.Add(new DisableRateLimitingAttribute());
    });
}
