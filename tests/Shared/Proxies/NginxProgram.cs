namespace Tokenfall.Tests.Proxies;

internal sealed class NginxProgram : ProxyProgram
{
    public override string Name => "nginx";

    protected override string ShippedFile => "deploy/nginx/tokenfall.conf";

    protected override string Command => "nginx";

    // The site, and what Debian's nginx.conf would put around it. Compression is on for event streams, the worst that a site
    // can be put into: its own "gzip off" has to win.
    protected override IEnumerable<string> Prepare(string configuration, ProxyPlace place)
    {
        place.Write("site.conf", configuration
            .Substitute("server 127.0.0.1:8000;", $"server {place.Upstream.Authority};")
            .Substitute("listen 80;", $"listen {place.Http};")
            .Substitute("listen [::]:80;", "")
            .Substitute("# listen 443 ssl http2;", $"listen {place.Https} ssl http2;")
            .Substitute("# ssl_certificate     /etc/ssl/tokenfall/fullchain.pem;", $"ssl_certificate {place.CertificateFile};")
            .Substitute("# ssl_certificate_key /etc/ssl/tokenfall/privkey.pem;", $"ssl_certificate_key {place.KeyFile};"));
        var file = place.Write("nginx.conf", $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            pid nginx.pid;
            error_log stderr info;
            events { worker_connections 1024; }
            http {
                access_log /dev/stderr;
                client_body_temp_path client_body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                gzip on;
                gzip_types text/event-stream;
                gzip_proxied any;
                include site.conf;
            }
            """);
        return ["-p", place.Folder, "-c", file, "-e", "stderr"];
    }
}
