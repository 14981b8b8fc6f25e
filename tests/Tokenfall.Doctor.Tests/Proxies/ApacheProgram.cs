using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Proxies;

internal sealed class ApacheProgram : ProxyProgram
{
    private static readonly string[] Modules =
    [
        "mpm_event", "alias", "authz_core", "setenvif", "headers", "filter", "deflate", "brotli", "ext_filter", "proxy", "proxy_http",
        "http2", "reqtimeout", "socache_shmcb", "ssl",
    ];

    public override string Name => "Apache";

    protected override string ShippedFile => "deploy/apache/tokenfall.conf";

    protected override string Command => "apache2";

    // The site twice: as it is, and with its TLS lines.
    protected override IEnumerable<string> Prepare(string configuration, ProxyPlace place)
    {
        var site = configuration.Replace("127.0.0.1:8000", place.Upstream.Authority, StringComparison.Ordinal);
        return
        [
            "-D", "FOREGROUND", "-f", place.Write("apache2.conf", $$"""
                ServerRoot {{place.Folder}}
                ServerName 127.0.0.1
                DefaultRuntimeDir {{place.Folder}}
                Mutex pthread
                PidFile apache2.pid
                ErrorLog /dev/stderr
                {{(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}}
                Listen {{place.Http}}
                Listen {{place.Https}}
                {{string.Join('\n', Modules.Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}}
                StartServers 1
                {{site.Substitute("<VirtualHost *:80>", $"<VirtualHost {place.Http}>")}}
                {{site
                    .Substitute("<VirtualHost *:80>", $"<VirtualHost {place.Https}>")
                    .Substitute("# SSLEngine on", "SSLEngine on")
                    .Substitute("# SSLCertificateFile    /etc/ssl/tokenfall/fullchain.pem", $"SSLCertificateFile {place.CertificateFile}")
                    .Substitute("# SSLCertificateKeyFile /etc/ssl/tokenfall/privkey.pem", $"SSLCertificateKeyFile {place.KeyFile}")
                    .Substitute("# Protocols h2 http/1.1", "Protocols h2 http/1.1")}}
                """),
        ];
    }
}
