using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Tokenfall.AspNetCore;

/// <summary>Takes an endpoint of last resort only where there is no other, be it the application's own page at the same path or its fallback.</summary>
internal sealed class LastResortMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // After all that decide whether another endpoint is valid.
    public override int Order => 1001;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsLastResort);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        // Runs for every call, and allocates nothing.
        var hasOthers = false;
        for (var i = 0; i < candidates.Count; i++) hasOthers |= candidates.IsValidCandidate(i) && !IsLastResort(candidates[i].Endpoint);
        for (var i = 0; i < candidates.Count && hasOthers; i++)
            if (IsLastResort(candidates[i].Endpoint)) candidates.SetValidity(i, false);
        return Task.CompletedTask;
    }

    private static bool IsLastResort(Endpoint endpoint) => endpoint.Metadata.GetMetadata<LastResortMetadata>() is not null;
}
