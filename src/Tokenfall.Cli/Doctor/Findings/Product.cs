namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>The software of a hop.</summary>
internal enum Product
{
    Nginx,
    HAProxy,
    Caddy,
    Apache,
    Envoy,
    Traefik,
    Iis,
    Cloudflare,
    AwsAlb,
    GoogleCloud,
    Azure,
    Varnish,
    Lighttpd,

    /// <summary>Tokenfall's own side: the application and its host.</summary>
    Application,
}

internal static class ProductNames
{
    public static string Of(Product product) => product switch
    {
        Product.Nginx => "nginx",
        Product.Iis => "IIS",
        Product.AwsAlb => "AWS Application Load Balancer",
        Product.GoogleCloud => "Google Cloud load balancer",
        Product.Lighttpd => "lighttpd",
        Product.Application => "the application",
        _ => product.ToString(),
    };
}
