using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>Recognizes products by what they add to requests and responses.</summary>
internal static class ProductDetector
{
    private static readonly (string Header, string Contains, Product Product)[] Responses =
    [
        ("Server", "nginx", Product.Nginx), ("Server", "openresty", Product.Nginx), ("Server", "caddy", Product.Caddy), ("Server", "apache", Product.Apache),
        ("Server", "envoy", Product.Envoy), ("Server", "cloudflare", Product.Cloudflare), ("Server", "microsoft-iis", Product.Iis), ("Server", "lighttpd", Product.Lighttpd),
        ("Server", "awselb", Product.AwsAlb), ("Via", "caddy", Product.Caddy), ("Via", "varnish", Product.Varnish), ("Via", "google", Product.GoogleCloud),
        ("X-Envoy-Upstream-Service-Time", "", Product.Envoy), ("CF-Ray", "", Product.Cloudflare), ("X-Powered-By", "asp.net", Product.Iis),
        ("X-Azure-Ref", "", Product.Azure), ("Set-Cookie", "arraffinity", Product.Azure),
    ];

    private static readonly (string Header, Product Product)[] Requests =
    [
        ("CF-Ray", Product.Cloudflare), ("X-Amzn-Trace-Id", Product.AwsAlb), ("X-Cloud-Trace-Context", Product.GoogleCloud), ("X-Azure-Ref", Product.Azure),
        ("X-ARR-LOG-ID", Product.Azure), ("X-AppGW-Trace-Id", Product.Azure), ("X-Varnish", Product.Varnish), ("X-Envoy-Expected-Rq-Timeout-Ms", Product.Envoy),
    ];

    /// <summary>All products that show at this address: this hop's and those behind it.</summary>
    public static IReadOnlySet<Product> SeenAt(Evidence evidence)
    {
        var found = new HashSet<Product>();
        foreach (var recording in evidence.Recordings)
        {
            foreach (var (header, contains, product) in Responses)
                if (recording.Header(header)?.Contains(contains, StringComparison.OrdinalIgnoreCase) == true) found.Add(product);
            foreach (var (header, product) in Requests)
                if (recording.Hello?.Header(header) is not null) found.Add(product);
            // Traefik and Apache both send it; of the two only Traefik also sends X-Real-IP.
            if (recording.Hello?.Header("X-Forwarded-Server") is not null)
                found.Add(recording.Hello.Header("X-Real-IP") is not null ? Product.Traefik : Product.Apache);
        }
        if (!found.Contains(Product.Envoy) && evidence.Recordings.Any(SpellsInLowerCase)) found.Add(Product.HAProxy);
        return found;
    }

    /// <summary>The products of this hop: those that show here and not behind it; when none is left, those behind it, too.</summary>
    public static IReadOnlySet<Product> Of(Evidence evidence, Evidence? inner)
    {
        var here = SeenAt(evidence);
        if (inner is null) return here;
        var own = here.Except(SeenAt(inner)).ToHashSet();
        return own.Count > 0 ? own : here;
    }

    // On HTTP/2 all must; on HTTP/1.1 Kestrel and most others do not.
    private static bool SpellsInLowerCase(Recording recording) =>
        recording.IsStream && recording.Variant.Wire != Wire.Http2Tls && recording.Headers.Count > 2
        && recording.Headers.All(header => !header.Key.Any(char.IsUpper));
}
