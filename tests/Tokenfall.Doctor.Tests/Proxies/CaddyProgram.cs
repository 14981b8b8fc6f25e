using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Proxies;

internal sealed class CaddyProgram : ProxyProgram
{
    public override string Name => "Caddy";

    protected override string ShippedFile => "deploy/caddy/Caddyfile";

    protected override string Command => "caddy";

    private const string Site = "chat.example.com {";

    // Without its administration port, which all Caddys of a machine would share, and without asking for certificates. The site twice.
    protected override IEnumerable<string> Prepare(string configuration, ProxyPlace place)
    {
        var at = configuration.IndexOf(Site, StringComparison.Ordinal);
        var site = configuration[at..].Substitute("reverse_proxy 127.0.0.1:8000", $"reverse_proxy {place.Upstream.Authority}");
        var options = configuration[..at].Substitute("{\n\tservers {", "{\n\tadmin off\n\tauto_https off\n\tgrace_period 1s\n\tservers {");
        return
        [
            "run", "--adapter", "caddyfile", "--config", place.Write("Caddyfile", $$"""
                {{options}}
                {{site.Substitute(Site, $"http://{place.Http} {{")}}
                {{site.Substitute(Site, $"https://{place.Https} {{\n\ttls {place.CertificateFile} {place.KeyFile}")}}
                """),
        ];
    }
}
