using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>The request as it arrived here, for the first frame. Comparing it with what was sent shows what the hops changed.</summary>
internal sealed record ProbeEcho(
    string Probe, string Nonce, string Protocol, string Scheme, string Method, bool Authorization, bool Cookie, bool SignedIn,
    SortedDictionary<string, string> Headers)
{
    private const int LongestValue = 256;

    // Headers that hops change or add. Never credentials.
    private static readonly string[] Names =
    [
        "Host", "Connection", "Via", "Forwarded", "Accept", "Accept-Encoding", "Cache-Control", "Last-Event-ID", "X-Real-IP", "X-Request-ID", "CDN-Loop",
        "CF-Ray", "X-Cloud-Trace-Context", "X-Amzn-Trace-Id", "X-Azure-Ref", "X-ARR-LOG-ID", "X-AppGW-Trace-Id", "X-Varnish",
    ];

    private static readonly string[] Families = ["X-Forwarded-", "X-Original-", "X-Envoy-"];

    public static ProbeEcho Of(HttpContext context, string probe)
    {
        var request = context.Request;
        var headers = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers)
        {
            if (!IsReported(name)) continue;
            var value = values.ToString();
            headers[name] = value.Length <= LongestValue ? value : value[..LongestValue];
        }
        return new(
            probe, Guid.NewGuid().ToString("N"), request.Protocol, request.Scheme, request.Method,
            Authorization: request.Headers.Authorization.Count > 0, Cookie: request.Headers.Cookie.Count > 0,
            SignedIn: context.User.Identity?.IsAuthenticated == true, headers);
    }

    private static bool IsReported(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Families.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase));
}
