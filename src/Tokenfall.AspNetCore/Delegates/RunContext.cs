using System.Security.Claims;
using Microsoft.AspNetCore.Routing;

namespace Tokenfall.AspNetCore;

/// <summary>What a typed handler of <c>MapTokenfall</c> knows beside the body. It outlives the request.</summary>
public sealed class RunContext
{
    /// <summary>The services of a scope that lives as long as the run; after a retry it is a new one.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The caller who started the run.</summary>
    public required ClaimsPrincipal User { get; init; }

    /// <summary>The values of the route, such as <c>id</c> for <c>/tickets/{id}/stream</c>.</summary>
    /// <value>Empty when the pattern has no parameters.</value>
    public RouteValueDictionary RouteValues { get; init; } = [];
}
