namespace Tokenfall;

/// <summary>The handler for long streams that may be stopped at any moment.</summary>
internal static class AnthropicHandler
{
    public static SocketsHttpHandler Create() => new()
    {
        // Otherwise a stopped answer goes on for up to two seconds on HTTP/1.1, and is paid for.
        ResponseDrainTimeout = TimeSpan.Zero,
        // Connections follow changes of DNS.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        MaxConnectionsPerServer = int.MaxValue,
        UseCookies = false,
        // A redirect would carry the key to another address.
        AllowAutoRedirect = false,
        // A compressor on the way holds tokens back.
        AutomaticDecompression = System.Net.DecompressionMethods.None,
    };
}
