using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Tokenfall.AspNetCore;

/// <summary>Builds all endpoints when the host has started, so that a mistake in their configuration fails the start and not the first request.</summary>
internal sealed class EndpointValidator(EndpointDataSource? endpoints = null) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = endpoints?.Endpoints;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
