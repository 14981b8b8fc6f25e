using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tokenfall.Testing.Calls;
using Tokenfall.Testing.Connections;
using Tokenfall.Testing.Messages;
using Tokenfall.Testing.Pacing;

namespace Tokenfall.Testing;

/// <summary>
/// A model server for tests: answers <c>POST /v1/messages</c> as the Anthropic Messages API does, as a <see cref="ModelScript"/> tells it
/// to, and records every call. Thread-safe.
/// </summary>
/// <remarks>
/// It runs on Kestrel, on a TCP port of 127.0.0.1 or in memory; both behave alike, including resets and clients that disconnect.
/// Requests that the real API would refuse (no <c>anthropic-version</c>, invalid JSON, a missing field, a wrong key, an unknown path)
/// get its error body and use no script.
/// </remarks>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ModelScript> _once = new();
    private readonly CallLog _calls = new();
    private readonly ConnectionCount _connections = new();
    private readonly TrafficCount _traffic = new();
    private readonly Pacer _pacer;
    private readonly MessagesApi _api;
    private readonly KestrelServer _kestrel;
    private readonly InMemoryListener? _memory;
    private readonly bool _recordsCalls;
    private volatile ModelScript _script = new();
    private int _disposed;

    private ModelServer(ModelServerOptions options, InMemoryListener? memory)
    {
        _recordsCalls = options.RecordCalls;
        _pacer = new Pacer(options.TimeProvider);
        _api = new MessagesApi(options, _pacer, _traffic, NextScript, options.RecordCalls ? _calls.Add : static _ => { });
        _memory = memory;
        IConnectionListenerFactory transport = memory is null ? KestrelSetup.Sockets() : memory;
        var kestrel = Options.Create(KestrelSetup.Limits(options, _connections));
        _kestrel = new KestrelServer(kestrel, transport, NullLoggerFactory.Instance);
    }

    /// <summary>Starts a server on 127.0.0.1.</summary>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults.</param>
    /// <param name="ct">Cancels the start; has no effect later.</param>
    /// <returns>The running server; dispose it to stop it.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Task<ModelServer> StartAsync(ModelServerOptions? options = null, CancellationToken ct = default) =>
        StartAsync(options, memory: null, ct);

    /// <summary>Starts a server without a port: only handlers made by <see cref="CreateHandler"/> reach it.</summary>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults.</param>
    /// <param name="ct">Cancels the start; has no effect later.</param>
    /// <returns>The running server; dispose it to stop it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Task<ModelServer> StartInMemoryAsync(ModelServerOptions? options = null, CancellationToken ct = default) =>
        StartAsync(options, new InMemoryListener(), ct);

    /// <summary>
    /// The base URL, to which clients append <c>/v1/messages</c>. In memory, only handlers of <see cref="CreateHandler"/> can use it.
    /// </summary>
    public Uri Url { get; private set; } = new("http://model-server.invalid/");

    /// <summary>The script for requests when none is queued.</summary>
    /// <value>Default: a short text at full speed.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public ModelScript Script
    {
        get => _script;
        set => _script = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>A snapshot of the requests received so far, in order, the refused ones included.</summary>
    public IReadOnlyList<ModelCall> Calls => _calls.Snapshot();

    /// <summary>How many connections are open, idle ones included.</summary>
    public int OpenConnections => _connections.Open;

    /// <summary>A snapshot of what the server has done so far.</summary>
    public ModelTraffic Traffic => _traffic.Snapshot();

    /// <summary>Queues a script for one request. Queued scripts are used in order, one each, before <see cref="Script"/>.</summary>
    /// <param name="script">The script.</param>
    /// <exception cref="ArgumentNullException"><paramref name="script"/> is <see langword="null"/>.</exception>
    public void Enqueue(ModelScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        _once.Enqueue(script);
    }

    /// <summary>Waits until the server has received a request.</summary>
    /// <param name="number">The number of the request; 1 is the first.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The record of the request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is less than 1.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The server does not record calls.</exception>
    public Task<ModelCall> WaitForCallAsync(int number, CancellationToken ct = default) => _recordsCalls
        ? _calls.WaitForAsync(number, ct)
        : throw new InvalidOperationException("This server records no calls: start it with ModelServerOptions.RecordCalls = true.");

    /// <summary>Waits until exactly this many connections are open.</summary>
    /// <param name="count">The number of connections; 0 to check for leaks.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>A task that completes when they are.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public Task WaitForOpenConnectionsAsync(int count, CancellationToken ct = default) => _connections.WaitForAsync(count, ct);

    /// <summary>Creates a handler whose requests reach this server, otherwise with the platform's defaults.</summary>
    /// <returns>The handler; the caller disposes it.</returns>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        ConnectCallback = _memory is null ? null : (_, _) => ValueTask.FromResult<Stream>(_memory.Connect()),
    };

    /// <summary>Closes every open connection and frees the port.</summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _api.Stop();
        await _kestrel.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _kestrel.Dispose();
        _pacer.Dispose();
    }

    private static async Task<ModelServer> StartAsync(ModelServerOptions? options, InMemoryListener? memory, CancellationToken ct)
    {
        var server = new ModelServer(options ?? new(), memory);
        try
        {
            await server._kestrel.StartAsync(server._api, ct).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (memory is null)
            server.Url = new(server._kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    private ModelScript NextScript() => _once.TryDequeue(out var script) ? script : _script;
}
