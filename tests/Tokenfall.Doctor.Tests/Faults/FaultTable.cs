using Tokenfall.Doctor.Tests.Odd;
using Tokenfall.Tests.Proxies;
using static Tokenfall.Cli.Doctor.Findings.FindingId;
using static Tokenfall.Doctor.Tests.Origin.OriginHeaders;
using static Tokenfall.Doctor.Tests.Paths.Hops;
using static Tokenfall.Doctor.Tests.Wire.Connection;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Everything that has been seen to break a stream on its way, as one change to a path that works.</summary>
internal static class FaultTable
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<Fault> All { get; } =
    [
        // nginx
        new("nginx: buffering, HTTP/1.0 to an application that says nothing", Http1,
            [Nginx(site => Http10(Buffering(site)))], Arriving.AllAtTheEnd, ResponseBuffered) { Headers = NoTransform },
        new("nginx: buffering, HTTP/1.1 to an application that says nothing", Http1Tls,
            [Nginx(Buffering)], Arriving.AllAtTheEnd, ResponseBuffered) { Headers = NoTransform },
        new("nginx: buffering and gzip", Http1,
            [Nginx(site => Gzip(Buffering(site)))], Arriving.AllAtTheEndWithGzip, CompressionDelay) { Headers = NoTransform },
        new("nginx: gzip of event streams", Http1, [Nginx(Gzip)], Arriving.Compressed, Compressed),
        new("nginx: X-Accel-Buffering ignored, HTTP/1.0", Http1,
            [Nginx(site => Http10(IgnoringAccel(site)))], Arriving.AllAtTheEnd, ResponseBuffered),
        new("nginx: X-Accel-Buffering ignored, HTTP/1.1", Http1Tls, [Nginx(IgnoringAccel)], Arriving.AllAtTheEnd, ResponseBuffered),
        new("nginx: read timeout of 2 s", Http1,
            [Nginx(site => site.Substitute("proxy_read_timeout 3600s;", "proxy_read_timeout 2s;"))], Cutting.IdleAtTwoSeconds, IdleCut),
        new("nginx: a cache that ignores Cache-Control", Http1, [Nginx(Cache)], Passing.Cached, ResponseCached),
        new("nginx: a cache hides that readers leave", Http1, [Nginx(Cache)], Leaving.NeverSeen, AbortNever),
        new("nginx: HTTP/1.0 to the application", Http1, [Nginx(Http10)], Passing.Http10, Http10Upstream),
        new("nginx: no Connection header", Http1,
            [Nginx(site => site.Substitute("proxy_set_header Connection \"\";", ""))], Passing.ConnectionClose, UpstreamClose),
        new("nginx: proxy_ignore_client_abort", Http1,
            [Nginx(site => site.Substitute("proxy_ignore_client_abort off;", "proxy_ignore_client_abort on;"))], Leaving.SeenLate, AbortLate),

        // HAProxy
        new("HAProxy: corked plaintext", Http1, [HAProxy(Corked)], Arriving.ConstantlyLate, EventsDelayed),
        new("HAProxy: timeout server of 2 s", Http1,
            [HAProxy(cfg => cfg.Substitute("timeout server 1h", "timeout server 2s"))], Cutting.IdleAtTwoSeconds, IdleCut),
        new("HAProxy: compression, and an application that does not forbid it", Http1, [HAProxy(cfg => cfg.Substitute(
            "option http-no-delay", "option http-no-delay\n    compression algo gzip\n    compression type text/event-stream"))],
            Arriving.Compressed, CompressionDelay) { OrFinding = Compressed, Headers = NoBuffering, Also = HeadersChanged },
        new("HAProxy: no abortonclose", Http1,
            [HAProxy(cfg => cfg.Substitute("option abortonclose", ""))], Leaving.SeenLate, AbortLate),

        // Caddy
        new("Caddy: flush_interval -1", Http1, [Caddy(file => Proxying(file, "flush_interval -1"))], Leaving.NeverSeen, AbortNever),
        new("Caddy: encode", Http1,
            [Caddy(file => file.Substitute("encode @pages zstd gzip", "encode {\n\t\tgzip\n\t\tminimum_length 1\n\t}"))],
            Arriving.AllAtTheEndWithGzip, CompressionDelay),
        new("Caddy: buffer_responses", Http1, [Caddy(file => Proxying(file, "buffer_responses"))], Arriving.AllAtTheEnd, ResponseBuffered),

        // Apache
        new("Apache: a filter that does not flush", Http1, [Apache(Unflushed)], Arriving.AllAtTheEnd, ResponseBuffered),
        new("Apache: deflate of everything", Http1,
            [Apache(site => site.Substitute("SetEnvIf Request_URI \"^/ask/stream\" no-gzip=1 no-brotli=1", "SetOutputFilter DEFLATE"))],
            Arriving.Compressed, Compressed),
        new("Apache: timeout of 2 s", Http1,
            [Apache(site => site.Substitute("timeout=3600", "timeout=2"))], Cutting.IdleAtTwoSeconds, IdleCut),

        // Middle boxes
        new("A redirect", Http1, [Relay(new AddsRedirect())], Passing.Redirected, Redirected),
        new("A login page with status 200", Http1, [Relay(new ServesLoginPage())], Passing.LoginPage, LoginPage),
        new("Last-Event-ID stripped", Http1, [Relay(new StripsHeader("Last-Event-ID"))], Passing.Without("Last-Event-ID"), LastEventIdLost),
        new("Authorization stripped", Http1, [Relay(new StripsHeader("Authorization"))], Passing.Without("Authorization"), AuthorizationLost),
        new("Every stream cut at 3 s", Http1, [Relay(new CutsAll(TimeSpan.FromSeconds(3)))], Cutting.AllAtThreeSeconds, TotalCut),
        new("Idle streams cut at 2 s", Http1, [Relay(new CutsIdle(TwoSeconds))], Cutting.IdleAtTwoSeconds, IdleCut),
        new("Batches of 500 ms", Http1, [Relay(new Batches(TimeSpan.FromMilliseconds(500)))], Arriving.InBatches, EventsBatched),
        new("Heartbeats dropped", Http1, [Relay(new DropsHeartbeats())], Arriving.WithoutHeartbeats, HeartbeatsDropped),

        // Two hops
        new("Two hops: the outer nginx buffers", Http1,
            [Nginx(site => Http10(IgnoringAccel(site))), Caddy()], Arriving.AllAtTheEnd, ResponseBuffered),
        new("Two hops: the inner nginx buffers", Http1,
            [Caddy(), Nginx(site => Http10(IgnoringAccel(site)))], Arriving.AllAtTheEnd, ResponseBuffered) { Culprit = 1 },
        new("Two hops: the outer HAProxy cuts idle streams", Http1,
            [HAProxy(cfg => cfg.Substitute("timeout server 1h", "timeout server 2s")), Nginx()], Cutting.IdleAtTwoSeconds, IdleCut),
        new("Two hops: the inner Apache cuts idle streams", Http1,
            [Nginx(), Apache(site => site.Substitute("timeout=3600", "timeout=2"))], Cutting.IdleAtTwoSeconds, IdleCut) { Culprit = 1 },
    ];

    private static string Buffering(string site) => site.Substitute("proxy_buffering off;", "proxy_buffering on;");

    private static string Http10(string site) => site.Substitute("proxy_http_version 1.1;", "proxy_http_version 1.0;");

    private static string Gzip(string site) => site.Substitute("gzip off;", "gzip on;");

    private static string IgnoringAccel(string site) =>
        site.Substitute("proxy_buffering off;", "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;");

    private static string Cache(string site) => Buffering(site)
        .Substitute("upstream tokenfall {", "proxy_cache_path cache keys_zone=answers:1m;\nupstream tokenfall {")
        .Substitute("proxy_cache off;", """
            proxy_cache answers;
                proxy_cache_valid 200 1m;
                proxy_ignore_headers Cache-Control X-Accel-Buffering;
            """);

    // An external filter gets the flush, and its output does not.
    private static string Unflushed(string site) => site
        .Substitute("<VirtualHost *:80>", "<VirtualHost *:80>\n    ExtFilterDefine pass mode=output cmd=/bin/cat")
        .Substitute("flushpackets=on\n", "flushpackets=on\n    SetOutputFilter pass\n");

    private static string Corked(string cfg) => cfg.Substitute("option http-no-delay", "");

    private static string Proxying(string file, string setting) =>
        file.Substitute("reverse_proxy 127.0.0.1:8000 {", "reverse_proxy 127.0.0.1:8000 {\n\t\t" + setting);
}
