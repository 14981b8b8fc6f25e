using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore;

/// <summary>Refuses what another site's page could have sent in a signed-in reader's name.</summary>
internal sealed class RequestGuard(IAntiforgery antiforgery, AntiforgeryOptions antiforgeryOptions, TokenfallHttpOptions options)
{
    // A server counts the framing of a chunked body too, and chunks of one byte take six.
    private const long MaxFraming = 6;

    public async Task CheckAsync(HttpContext context)
    {
        LimitBody(context);
        // A browser never adds a bearer token by itself, and another site's script cannot without this site's leave (CORS).
        if (HasBearerToken(context.Request)) return;
        RefuseCrossSite(context.Request);
        if (!NeedsToken(context)) return;
        // The token may be in the form. Read it under our limit, and refuse a broken one in our words.
        if (context.Request.HasFormContentType) await RequestBody.ReadFormAsync(context.Request, options.MaxBodySize);
        if (!await antiforgery.IsRequestValidAsync(context)) throw RequestProblems.Antiforgery(antiforgeryOptions.HeaderName);
    }

    /// <summary>For calls that change nothing and so need no token.</summary>
    public static void RefuseCrossSite(HttpRequest request)
    {
        if (!HasBearerToken(request) && request.Headers["Sec-Fetch-Site"] == "cross-site") throw RequestProblems.CrossSite();
    }

    private static bool NeedsToken(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && context.Request.Headers.Cookie.Count > 0
        && context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != false;

    private static bool HasBearerToken(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private void LimitBody(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxBodySize) throw RequestProblems.BodyTooLarge(options.MaxBodySize);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxBodySize * MaxFraming;
    }
}
