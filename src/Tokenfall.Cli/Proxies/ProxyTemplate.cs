namespace Tokenfall.Cli.Proxies;

/// <summary>The shipped configuration of a product: the file in <c>deploy/</c>, embedded in the tool.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name as its makers write it.</param>
/// <param name="Target">Where the configuration usually goes.</param>
/// <param name="Tested">Whether the tests run the product with it.</param>
internal sealed record ProxyTemplate(string Name, string Title, string Target, bool Tested = true)
{
    public static IReadOnlyList<ProxyTemplate> All { get; } =
    [
        new("nginx", "nginx", "/etc/nginx/conf.d/tokenfall.conf"),
        new("caddy", "Caddy", "/etc/caddy/Caddyfile"),
        new("haproxy", "HAProxy", "/etc/haproxy/haproxy.cfg"),
        new("apache", "Apache", "/etc/apache2/sites-available/tokenfall.conf"),
        new("envoy", "Envoy", "/etc/envoy/envoy.yaml", Tested: false),
        new("traefik", "Traefik", "/etc/traefik/tokenfall.yaml", Tested: false),
    ];

    /// <summary>Returns the configuration for a site; for <see cref="ProxySite.Shipped"/> the file itself.</summary>
    public string For(ProxySite site)
    {
        var shipped = ProxySite.Shipped;
        return Text()
            .Replace(shipped.Host, site.Host, StringComparison.Ordinal)
            .Replace(shipped.Upstream, site.Upstream, StringComparison.Ordinal)
            .Replace(Parts(shipped), Parts(site), StringComparison.Ordinal)
            .Replace(shipped.Path, site.Path, StringComparison.Ordinal);
    }

    // Envoy has separate fields, and an IPv6 address without brackets.
    private static string Parts(ProxySite site) => $"address: \"{site.UpstreamHost.Trim('[', ']')}\", port_value: {site.UpstreamPort} ";

    private string Text()
    {
        using var file = typeof(ProxyTemplate).Assembly.GetManifestResourceStream($"deploy/{Name}")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
