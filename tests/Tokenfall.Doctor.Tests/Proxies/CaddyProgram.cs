using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Proxies;

internal sealed class CaddyProgram : ProxyProgram
{
    public override string Name => "Caddy";

    protected override string ShippedFile => "deploy/caddy/Caddyfile";

    protected override string Command => "caddy";

    // Without its administration port, which all Caddys of a machine would share, and without asking for certificates.
    protected override IEnumerable<string> Prepare(string configuration, ProxyPlace place)
    {
        var site = configuration.Substitute("reverse_proxy 127.0.0.1:8000", $"reverse_proxy {place.Upstream.Authority}");
        return
        [
            "run", "--adapter", "caddyfile", "--config", place.Write("Caddyfile", $$"""
                {
                    admin off
                    auto_https off
                    grace_period 1s
                }
                {{site.Substitute("chat.example.com {", $"http://{place.Http} {{")}}
                {{site.Substitute("chat.example.com {", $"https://{place.Https} {{\n\ttls {place.CertificateFile} {place.KeyFile}")}}
                """),
        ];
    }
}
