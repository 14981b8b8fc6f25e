namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>How a client gets to the server.</summary>
public enum Route
{
    /// <summary>Straight to Kestrel.</summary>
    Direct,

    /// <summary>Through nginx with the shipped site, HTTP/1.1.</summary>
    Nginx,

    /// <summary>The same over TLS, where browsers take HTTP/2.</summary>
    NginxTls,
}
