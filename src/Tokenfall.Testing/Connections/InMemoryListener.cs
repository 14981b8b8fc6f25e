using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Tokenfall.Testing.Connections;

/// <summary>A Kestrel transport whose connections are pipes in this process.</summary>
internal sealed class InMemoryListener : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<InMemoryConnection> _connections = Channel.CreateUnbounded<InMemoryConnection>();

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Opens a connection, and returns the client's side of it.</summary>
    /// <exception cref="IOException">The server has stopped.</exception>
    internal InMemoryStream Connect()
    {
        var connection = new InMemoryConnection();
        return _connections.Writer.TryWrite(connection)
            ? connection.Client
            : throw new IOException("Connection refused: the in-memory model server has stopped.");
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return new(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_connections.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
