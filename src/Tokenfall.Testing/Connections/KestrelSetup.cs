using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Tokenfall.Testing.Connections;

/// <summary>Kestrel without a host, and without any limit that could cut a stream.</summary>
internal static class KestrelSetup
{
    internal static KestrelServerOptions Limits(ModelServerOptions server, ConnectionCount connections)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.Http2.MaxStreamsPerConnection = 100_000;
        options.Listen(IPAddress.Loopback, server.Port, listen =>
        {
            listen.Protocols = server.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            listen.Use(next => async connection =>
            {
                connections.Opened();
                try
                {
                    await next(connection).ConfigureAwait(false);
                }
                finally
                {
                    connections.Closed();
                }
            });
        });
        return options;
    }

    internal static IConnectionListenerFactory Sockets() => new SocketTransportFactory(
        Options.Create(new SocketTransportOptions
        {
            Backlog = 4096,
            // A flush completes when the network has the bytes, so that what is sent before a reset is not dropped in here.
            MaxWriteBufferSize = 1,
            // Nothing here blocks: a write goes to the socket on the thread that makes it.
            UnsafePreferInlineScheduling = true,
        }),
        NullLoggerFactory.Instance);
}
