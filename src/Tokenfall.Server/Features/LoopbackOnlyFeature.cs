using System.Net;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>
/// <c>TOKENFALL_AUTH=none</c>: without sign-in the server is for this machine alone. It refuses to listen anywhere else, and refuses
/// requests that came through a proxy or under another name: a page of another site can point its own name at 127.0.0.1 (DNS rebinding).
/// Requests that a browser sends for another page, or another port, are refused; programs, which say nothing of a page, are not.
/// </summary>
internal static class LoopbackOnlyFeature
{
    private const string Refused =
        "This server runs without sign-in (TOKENFALL_AUTH=none), so it answers only direct calls from its own machine, "
        + "to localhost, 127.0.0.1 or [::1]. Leave TOKENFALL_AUTH out to use it through a proxy or under another name.";

    private const string FromAnotherPage =
        "This server runs without sign-in (TOKENFALL_AUTH=none), so it answers only its own page, and programs. This request came from a page at another "
        + "address. Leave TOKENFALL_AUTH out to use it from there.";

    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    /// <exception cref="StartupException">An address is not loopback.</exception>
    public static void RefuseUnlessLoopback(IEnumerable<string> addresses)
    {
        if (addresses.FirstOrDefault(address => !Loopback.IsAddress(address)) is { } address)
            throw new StartupException(
                $"TOKENFALL_AUTH=none is refused: {address} can be reached from other machines, and nobody would have to sign in. "
                + "Listen on http://localhost:8000 only, or leave TOKENFALL_AUTH out.");
    }

    public static void UseLoopbackOnly(this WebApplication app) => app.Use((http, next) =>
        !IsDirect(http) ? Results.Problem(Refused, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http)
        : IsFromAnotherPage(http.Request) ? Results.Problem(FromAnotherPage, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http)
        : next(http));

    private static bool IsDirect(HttpContext http) =>
        Loopback.IsHost(http.Request.Host.Host)
        && (http.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local))
        && !http.Request.Headers.Keys.Any(IsFromAProxy);

    // Fetch Metadata (https://www.w3.org/TR/fetch-metadata/) where the browser sends it; the origin (RFC 6454), which may be "null", in any case.
    private static bool IsFromAnotherPage(HttpRequest request)
    {
        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}") return true;
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0 && site != "same-origin" && site != "none" && !IsLink(request);
    }

    // A link to a page, followed by a person: what it shows is not for the page that has the link.
    private static bool IsLink(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document"
        && !request.Path.Value!.Contains(AskFeature.Pattern, StringComparison.OrdinalIgnoreCase);

    private static bool IsFromAProxy(string header) =>
        ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase) || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);
}
