namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>The lines to change, by finding and product.</summary>
internal static class Advice
{
    // Stands for the path of the endpoint in the lines below.
    private const string ExamplePath = "/ask/stream";

    private static readonly ProductFix[] Buffering =
    [
        new(Product.Nginx, "proxy_buffering off;   # and remove proxy_ignore_headers X-Accel-Buffering"),
        new(Product.Apache, "no SetOutputFilter BUFFER, SUBSTITUTE, SED or RATE_LIMIT for the stream's location"),
        new(Product.HAProxy, "no option http-buffer-request and no http-response wait-for-body for the stream's backend"),
        new(Product.Caddy, "reverse_proxy without buffer_responses, response_buffers and flush_interval"),
        new(Product.Lighttpd, "server.stream-response-body = 2"),
        new(Product.Traefik, "no buffering middleware on the stream's router"),
        new(Product.Envoy, "no envoy.filters.http.buffer and no response body in ext_proc on the stream's route"),
        new(Product.Iis, "<handlers><add name=\"aspNetCore\" responseBufferLimit=\"0\" ... /></handlers>"),
        new(Product.Azure, "Application Gateway: az network application-gateway update --set globalConfiguration.enableResponseBuffering=false; API Management: <forward-request buffer-response=\"false\" />"),
        new(Product.Cloudflare, "keep Content-Type: text/event-stream and Cache-Control: no-transform; no Worker that reads the body"),
        new(Product.Varnish, "vcl_backend_response: set beresp.do_stream = true;"),
    ];

    private static readonly ProductFix[] Compressing =
    [
        new(Product.Nginx, "gzip off;   # in the stream's location; keep text/event-stream out of gzip_types and brotli_types"),
        new(Product.HAProxy, "remove text/event-stream from compression type, and do not replace Cache-Control: no-transform"),
        new(Product.Caddy, "@pages not path /ask/stream*\nencode @pages zstd gzip"),
        new(Product.Apache, "SetEnvIf Request_URI \"^/ask/stream\" no-gzip=1 no-brotli=1"),
        new(Product.Traefik, "compress middleware: excludedContentTypes: [text/event-stream]"),
        new(Product.Envoy, "compressor filter: leave text/event-stream out of response_direction_config.common_config.content_type"),
        new(Product.Iis, "<dynamicTypes><add mimeType=\"text/event-stream\" enabled=\"false\" /></dynamicTypes>"),
        new(Product.Cloudflare, "a compression rule for the stream's path: no compression; keep Cache-Control: no-transform"),
        new(Product.Azure, "Front Door: switch compression off on the stream's route"),
        new(Product.Application, "leave text/event-stream out of ResponseCompressionOptions.MimeTypes"),
    ];

    private static readonly ProductFix[] IdleTimeouts =
    [
        new(Product.Nginx, "proxy_read_timeout 3600s;"),
        new(Product.HAProxy, "timeout server 1h\ntimeout client 1h"),
        new(Product.Apache, "ProxyPass /ask/stream http://127.0.0.1:8000/ask/stream timeout=3600"),
        new(Product.Caddy, "reverse_proxy 127.0.0.1:8000   # without read_timeout in its transport, and no timeouts in the servers block"),
        new(Product.Envoy, "route: { idle_timeout: 3600s }   # and stream_idle_timeout: 3600s"),
        new(Product.Traefik, "--entryPoints.web.transport.respondingTimeouts.writeTimeout=0"),
        new(Product.AwsAlb, "aws elbv2 modify-load-balancer-attributes --attributes Key=idle_timeout.timeout_seconds,Value=4000"),
        new(Product.GoogleCloud, "gcloud compute backend-services update NAME --timeout=86400s"),
        new(Product.Azure, "Application Gateway: requestTimeout 86400 in the backend settings; App Service cuts at 230 s: heartbeats only"),
        new(Product.Cloudflare, "the proxy read timeout is 100 s (Enterprise: Cache Rules, Proxy Read Timeout): heartbeats only"),
        new(Product.Iis, "<aspNetCore requestTimeout=\"01:00:00\" />"),
        new(Product.Application, "Tokenfall__Heartbeat=00:00:05   # or less than half of the time measured"),
    ];

    private static readonly Dictionary<string, ProductFix[]> All = new()
    {
        [FindingId.ResponseBuffered] = Buffering,
        [FindingId.BufferedWithoutHeader] = Buffering,
        [FindingId.EventsBatched] =
        [
            new(Product.Traefik, "loadBalancer: { responseForwarding: { flushInterval: 1ms } }"), .. Buffering.Where(fix => fix.Product != Product.Traefik),
        ],
        [FindingId.EventsDelayed] =
        [
            new(Product.HAProxy, "option http-no-delay"), new(Product.Nginx, "tcp_nodelay on;"), new(Product.Apache, "no mod_ratelimit (RATE_LIMIT) for the stream's location"),
            new(Product.Application, "leave Nagle's algorithm off: SocketTransportOptions.NoDelay = true"),
        ],
        [FindingId.Compressed] = Compressing,
        [FindingId.CompressionDelay] = Compressing,
        [FindingId.Redirected] =
        [
            new(Product.Nginx, "no return 301, rewrite or auth_request that redirects for the stream's location; give readers the final address"),
            new(Product.Apache, "no Redirect or RewriteRule for the stream's location"), new(Product.Caddy, "no redir for the stream's path"),
            new(Product.HAProxy, "http-request redirect ... unless { path_beg /ask/stream }"), new(Product.Traefik, "no redirectRegex or redirectScheme middleware on the stream's router"),
            new(Product.Cloudflare, "no redirect rule and no Access policy for the stream's path, or send a service token"),
        ],
        [FindingId.LoginPage] =
        [
            new(Product.Nginx, "auth_request off;   # the application checks who asks; or answer 401 instead of a page"),
            new(Product.Cloudflare, "an Access policy with a service token, or Bypass, for the stream's path"),
            new(Product.AwsAlb, "no authenticate-oidc action for the stream's path, or OnUnauthenticatedRequest=deny"),
            new(Product.GoogleCloud, "no IAP on the stream's backend, or send an IAP token"), new(Product.Azure, "App Service: unauthenticatedClientAction: Return401"),
            new(Product.Application, "let the doctor in: --key, or --header \"Cookie: ...\""),
        ],
        [FindingId.GatewayError] =
        [
            new(Product.Nginx, "proxy_pass http://127.0.0.1:8000;   # its error log says why it failed"), new(Product.HAProxy, "server app 127.0.0.1:8000 check"),
            new(Product.Caddy, "reverse_proxy 127.0.0.1:8000"), new(Product.Apache, "ProxyPass / http://127.0.0.1:8000/"),
        ],
        [FindingId.MethodRefused] =
        [
            new(Product.Nginx, "no limit_except in the stream's location"), new(Product.Apache, "no <Limit> or AllowMethods for the stream's location"),
            new(Product.HAProxy, "no http-request deny by method for the stream's path"), new(Product.Cloudflare, "a WAF rule that skips the stream's path"),
            new(Product.AwsAlb, "no rule with an http-request-method condition before the stream's"),
        ],
        [FindingId.ResponseCached] =
        [
            new(Product.Nginx, "proxy_cache off;   # and remove proxy_ignore_headers Cache-Control"), new(Product.Varnish, "vcl_recv: if (req.url ~ \"^/ask/stream\") { return (pass); }"),
            new(Product.Apache, "CacheDisable /ask/stream"), new(Product.HAProxy, "no http-request cache-use for the stream's path"), new(Product.Caddy, "no cache directive for the stream's path"),
            new(Product.Cloudflare, "a cache rule for the stream's path: Bypass cache"), new(Product.Azure, "Front Door: caching off on the stream's route"),
            new(Product.GoogleCloud, "gcloud compute backend-services update NAME --no-enable-cdn"),
        ],
        [FindingId.IdleCut] = IdleTimeouts,
        [FindingId.TotalCut] =
        [
            new(Product.Envoy, "route: { timeout: 0s }"), new(Product.GoogleCloud, "gcloud compute backend-services update NAME --timeout=86400s"),
            new(Product.Traefik, "--entryPoints.web.transport.respondingTimeouts.writeTimeout=0"), new(Product.Caddy, "no timeouts in the servers block"),
            new(Product.HAProxy, "no limit of its own on whole responses: look behind it"), new(Product.Nginx, "no limit of its own on whole responses: look behind it, and at modules and scripts"),
            new(Product.Azure, "API Management: <forward-request timeout=\"3600\" />"), new(Product.AwsAlb, "no limit of its own: look behind it"),
            new(Product.Application, "Tokenfall__MaxConnectionAge=00:00:25   # below the cut: readers then move on between two frames and lose nothing"),
        ],
        [FindingId.AbortNever] =
        [
            new(Product.Nginx, "proxy_ignore_client_abort off;\nproxy_cache off;"), new(Product.Caddy, "reverse_proxy without flush_interval -1 (or Caddy 2.9 and later)"),
            new(Product.Lighttpd, "server.stream-response-body = 2"), new(Product.HAProxy, "option abortonclose"), new(Product.Varnish, "vcl_recv: return (pipe);"),
            new(Product.Application, "Tokenfall__Limits__MaxRunsPerOwner=4   # bounds what is wasted meanwhile"),
        ],
        [FindingId.AbortLate] =
        [
            new(Product.HAProxy, "option abortonclose"), new(Product.Nginx, "proxy_ignore_client_abort off;"), new(Product.Apache, "Tokenfall__Heartbeat=00:00:05   # Apache notices at the second write"),
            new(Product.Varnish, "vcl_recv: return (pipe);"), new(Product.Lighttpd, "server.stream-response-body = 2"),
        ],
        [FindingId.LastEventIdLost] =
        [
            new(Product.Nginx, "remove proxy_set_header Last-Event-ID \"\"; and proxy_pass_request_headers off;"), new(Product.Apache, "remove RequestHeader unset Last-Event-ID"),
            new(Product.HAProxy, "remove http-request del-header last-event-id"), new(Product.Caddy, "remove header_up -Last-Event-ID"),
            new(Product.Envoy, "remove last-event-id from request_headers_to_remove"), new(Product.Traefik, "remove Last-Event-ID from customRequestHeaders"),
            new(Product.Cloudflare, "no transform rule that removes Last-Event-ID"), new(Product.Azure, "API Management: no set-header policy that deletes Last-Event-ID"),
        ],
        [FindingId.AuthorizationLost] =
        [
            new(Product.Nginx, "remove proxy_set_header Authorization \"\";"), new(Product.Apache, "remove RequestHeader unset Authorization"),
            new(Product.HAProxy, "remove http-request del-header authorization"), new(Product.Caddy, "remove header_up -Authorization and basicauth"),
            new(Product.Envoy, "remove authorization from request_headers_to_remove"), new(Product.Traefik, "basicAuth: removeHeader: false"),
            new(Product.Application, "Tokenfall.Server key list   # is the key one of these?"),
        ],
        [FindingId.HeadersChanged] =
        [
            new(Product.Nginx, "remove proxy_hide_header, add_header and expires for the stream's location"), new(Product.Apache, "remove Header set Cache-Control and ExpiresByType for the stream's location"),
            new(Product.HAProxy, "remove http-response set-header cache-control"), new(Product.Caddy, "remove header Cache-Control for the stream's path"),
            new(Product.Cloudflare, "Browser Cache TTL: Respect Existing Headers"), new(Product.Application, "no middleware that sets Cache-Control after Tokenfall"),
        ],
        [FindingId.HeartbeatsDropped] = [new(Product.Application, "no hop in between that parses and rewrites event streams; where one must, its own heartbeats on")],
        [FindingId.FramesDamaged] =
        [
            new(Product.Nginx, "sub_filter_types without text/event-stream; no add_before_body"), new(Product.Apache, "no SUBSTITUTE, SED or INCLUDES for the stream's location"),
            new(Product.Cloudflare, "Rocket Loader, Email Obfuscation and other rewriting off for the stream's path"),
        ],
        [FindingId.Http10Upstream] = [new(Product.Nginx, "proxy_http_version 1.1;"), new(Product.Apache, "remove SetEnv force-proxy-request-1.0"), new(Product.Varnish, "a backend that is asked in HTTP/1.1")],
        [FindingId.UpstreamClose] =
        [
            new(Product.Nginx, "proxy_set_header Connection \"\";   # and keepalive 64; in the upstream"), new(Product.HAProxy, "option http-keep-alive   # and no option httpclose"),
            new(Product.Apache, "remove SetEnv proxy-nokeepalive and disablereuse=on"), new(Product.Caddy, "no keepalive off in the transport of reverse_proxy"),
        ],
        [FindingId.ConnectionLimit] =
        [
            new(Product.Nginx, "worker_connections 4096;   # and a higher limit_conn, or none, for the stream's location"), new(Product.HAProxy, "server app 127.0.0.1:8000 maxconn 10000"),
            new(Product.Apache, "MaxRequestWorkers 4000   # with mpm_event"), new(Product.Envoy, "circuit_breakers: { thresholds: [{ max_requests: 10000 }] }"),
            new(Product.Traefik, "a higher amount in inFlightReq"), new(Product.Iis, "<limits maxConnections=\"4294967295\" />"),
        ],
        [FindingId.SixConnections] =
        [
            new(Product.Nginx, "listen 443 ssl http2;"), new(Product.HAProxy, "bind :443 ssl crt ... alpn h2,http/1.1"), new(Product.Apache, "Protocols h2 http/1.1"),
            new(Product.Application, "Kestrel__Endpoints__Https__Protocols=Http1AndHttp2"),
        ],
    };

    /// <summary>The lines for the products that were recognized; all lines when there are none.</summary>
    /// <param name="id">One of <see cref="FindingId"/>.</param>
    /// <param name="products">The products that were recognized.</param>
    /// <param name="path">The endpoint's path, which the lines name.</param>
    public static IReadOnlyList<Fix> For(string id, IReadOnlySet<Product> products, string path)
    {
        var fixes = All[id];
        var own = fixes.Where(fix => products.Contains(fix.Product)).ToArray();
        return [.. (own.Length > 0 ? own : fixes).Select(fix => new Fix(ProductNames.Of(fix.Product), fix.Line.Replace(ExamplePath, path, StringComparison.Ordinal)))];
    }

    private sealed record ProductFix(Product Product, string Line);
}
