using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Tokenfall.AspNetCore;

/// <summary>Routes a start that has a <c>Last-Event-ID</c>, and so reads on, to an endpoint of its own: rate limits hold for starts.</summary>
internal sealed class ResumeMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // After those that look at the method.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => Mode(endpoint) is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var resumes = httpContext.Request.Headers.ContainsKey(LastEventId.Header);
        for (var i = 0; i < candidates.Count; i++)
            if (candidates.IsValidCandidate(i) && Mode(candidates[i].Endpoint) is { } mode && mode.Resumes != resumes) candidates.SetValidity(i, false);
        return Task.CompletedTask;
    }

    private static StartModeMetadata? Mode(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StartModeMetadata>();
}
