namespace Tokenfall.Docs.Tests;

/// <summary>What every configuration of a proxy does, also of those that no test can run.</summary>
public sealed class ProxyTests
{
    // Tokenfall takes the path that it is mounted under from it, and trusts its proxy to have set it.
    [Theory]
    [InlineData("deploy/nginx/tokenfall.conf", "    proxy_set_header X-Forwarded-Prefix \"\";")]
    [InlineData("deploy/apache/tokenfall.conf", "    RequestHeader unset X-Forwarded-Prefix")]
    [InlineData("deploy/haproxy/haproxy.cfg", "    http-request del-header X-Forwarded-Prefix")]
    [InlineData("deploy/caddy/Caddyfile", "\t\theader_up -X-Forwarded-Prefix")]
    [InlineData("deploy/envoy/envoy.yaml", "                  request_headers_to_remove: [\"x-forwarded-prefix\"]")]
    [InlineData("deploy/traefik/tokenfall.yaml", "          X-Forwarded-Prefix: \"\"")]
    public void Proxy_PrefixThatAClientSends_IsNotPassedOn(string file, string line) =>
        Assert.Contains(line, Checkout.Read(file).Split('\n'));
}
