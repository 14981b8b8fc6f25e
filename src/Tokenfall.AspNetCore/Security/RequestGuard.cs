using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore;

/// <summary>Rejects requests that another site could have forged in a signed-in user's name (CSRF).</summary>
internal sealed class RequestGuard(IAntiforgery antiforgery, AntiforgeryOptions antiforgeryOptions, TokenfallHttpOptions options)
{
    /// <summary>The header that the browser client sends the antiforgery token in.</summary>
    public const string TokenHeader = "X-CSRF-TOKEN";

    // The server's limit includes chunked framing, and a chunk of one byte takes six.
    private const long MaxFraming = 6;

    /// <summary>Checks a call that starts or stops a run.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="RequestProblemException">The body is too large, or the request may be forged.</exception>
    public async Task CheckAsync(HttpContext context)
    {
        LimitBody(context);
        // A browser never adds a bearer token by itself, and another site's script needs this site's permission to (CORS).
        if (HasBearerToken(context.Request)) return;
        RefuseCrossSite(context.Request, options);
        if (!NeedsToken(context)) return;
        // The token may be in the form. Read the form first, so that our limit and error messages apply.
        if (context.Request.HasFormContentType) await RequestBody.ReadFormAsync(context.Request, options.MaxBodySize);
        AcceptOurHeader(context.Request);
        if (!await antiforgery.IsRequestValidAsync(context)) throw RequestProblems.Antiforgery(antiforgeryOptions.HeaderName);
    }

    // The application's header keeps its name. The browser client's is read as if it were that one.
    private void AcceptOurHeader(HttpRequest request)
    {
        if (antiforgeryOptions.HeaderName is { } name && !request.Headers.ContainsKey(name) && request.Headers.TryGetValue(TokenHeader, out var token))
            request.Headers[name] = token;
    }

    /// <summary>Checks a call that changes nothing and so needs no antiforgery token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Has the origins that are trusted.</param>
    /// <exception cref="RequestProblemException">The browser says that the request comes from another site, which is not trusted.</exception>
    public static void RefuseCrossSite(HttpRequest request, TokenfallHttpOptions options)
    {
        if (!HasBearerToken(request) && request.Headers["Sec-Fetch-Site"] == "cross-site" && !IsTrusted(request.Headers.Origin, options.TrustedOrigins))
            throw RequestProblems.CrossSite(request.Headers.Origin);
    }

    private static bool IsTrusted(string? origin, IList<string> trusted) =>
        TrustedOriginsAttribute.TryNormalize(origin, out var asked)
        && trusted.Any(one => TrustedOriginsAttribute.TryNormalize(one, out var known) && known == asked);

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
