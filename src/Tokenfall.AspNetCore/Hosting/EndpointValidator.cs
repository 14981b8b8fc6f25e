using Microsoft.AspNetCore.Routing;

namespace Tokenfall.AspNetCore;

/// <summary>Builds all endpoints when the host has started, so that a mistake in their configuration fails the start and not the first request.</summary>
internal sealed class EndpointValidator(EndpointDataSource? endpoints = null) : LifecycleService
{
    public override Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = endpoints?.Endpoints;
        return Task.CompletedTask;
    }
}
