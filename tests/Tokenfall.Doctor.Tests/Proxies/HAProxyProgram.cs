using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Proxies;

internal sealed class HAProxyProgram : ProxyProgram
{
    public override string Name => "HAProxy";

    protected override string ShippedFile => "deploy/haproxy/haproxy.cfg";

    protected override string Command => "haproxy";

    protected override IEnumerable<string> Prepare(string configuration, ProxyPlace place) =>
    [
        "-db", "-f", place.Write("haproxy.cfg", configuration
            .Substitute("maxconn 20000", "maxconn 1000")
            .Substitute("bind :::80 v4v6", $"bind {place.Http}")
            .Substitute("# bind :::443 v4v6 ssl crt /etc/ssl/tokenfall/tokenfall.pem", $"bind {place.Https} ssl crt {place.BundleFile}")
            .Replace("chat.example.com", "127.0.0.1", StringComparison.Ordinal)
            .Replace("127.0.0.1:8000", place.Upstream.Authority, StringComparison.Ordinal)),
    ];
}
