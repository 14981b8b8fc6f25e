using System.Net;
using Tokenfall.Tests;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>The shipped site, with only its addresses and file names changed to those of a test.</summary>
internal static class NginxSite
{
    public static string Shipped() => File.ReadAllText(Repository.PathOf("deploy/nginx/tokenfall.conf"));

    /// <summary>Sets where the site listens and which application it serves.</summary>
    public static string At(this string site, IPEndPoint listen, Uri upstream) => site
        .Substitute("server 127.0.0.1:8000;", $"server {upstream.Authority};")
        .Substitute("listen 80;", $"listen {listen};");

    /// <summary>Uncomments the TLS lines.</summary>
    public static string WithTls(this string site, IPEndPoint listen, string certificateFile, string keyFile) => site
        .Substitute("# listen 443 ssl http2;", $"listen {listen} ssl http2;")
        .Substitute("# ssl_certificate     /etc/ssl/tokenfall/fullchain.pem;", $"ssl_certificate {certificateFile};")
        .Substitute("# ssl_certificate_key /etc/ssl/tokenfall/privkey.pem;", $"ssl_certificate_key {keyFile};");
}
