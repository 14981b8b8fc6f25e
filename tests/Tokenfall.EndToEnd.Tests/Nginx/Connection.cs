using System.Net;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Nginx;

/// <summary>How a client speaks to nginx. Each is buffered by other means, so that each has to be tried.</summary>
public enum Connection
{
    Http1,
    Http1Tls,
    Http2Tls,
}

internal static class ConnectionClients
{
    public static Uri AddressFor(this NginxServer nginx, Connection connection) =>
        connection is Connection.Http1 ? nginx.Http : nginx.Https;

    /// <summary>A client that speaks exactly this protocol.</summary>
    public static HttpClient CreateClient(this NginxServer nginx, Connection connection) => ExactClient.To(
        nginx.AddressFor(connection), connection is Connection.Http2Tls ? HttpVersion.Version20 : HttpVersion.Version11);
}
