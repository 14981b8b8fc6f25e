using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.Server.Hosting;

/// <summary>
/// Stops a server within 10 s. Kestrel waits for every open request, and the host lets it wait for as long as a drain may take; but when Kestrel
/// stops, the drain is over, and what is left are clients that do not finish their request or do not read their response.
/// </summary>
internal sealed class BoundedStopServer(IServer server, TimeProvider time) : IServer
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    public IFeatureCollection Features => server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull =>
        server.StartAsync(application, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        await server.StopAsync(either.Token);
    }

    public void Dispose() => server.Dispose();
}
