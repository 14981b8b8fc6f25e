using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Gives a 401 or 403 of our endpoints a body, whatever the application does with empty ones.</summary>
internal sealed class SignInProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        await _default.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Succeeded || context.Response.HasStarted) return;
        if (context.GetEndpoint()?.Metadata.GetMetadata<TokenfallEndpointMetadata>() is null) return;
        // Cookies name the page to sign in at, also where they do not redirect to it.
        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden) context.Response.Headers.Remove("Location");
        if (context.Response.ContentType is not null) return;
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => RequestProblems.NotSignedIn(),
            StatusCodes.Status403Forbidden => RequestProblems.NotAllowed(),
            _ => null,
        };
        if (problem is not null) await problem.Problem.WriteAsync(context);
    }
}
