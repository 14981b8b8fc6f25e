using Microsoft.AspNetCore.Antiforgery;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Accounts;

/// <summary>Requires the antiforgery token of JSON calls, too: the framework's own middleware checks forms only.</summary>
internal static class AntiforgeryConvention
{
    /// <summary>Checks the token, which comes in a header, before anything of the request's body is read.</summary>
    public static TBuilder RequireAntiforgeryToken<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => InvokeAsync(http, next);
        });
        return endpoints;
    }

    private static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            await CodedProblem.Of(
                StatusCodes.Status400BadRequest, "antiforgery",
                "The antiforgery token is missing or does not match this session. Get a new one from /account/session "
                + "(on the page: reload) and send it as X-CSRF-TOKEN.").ExecuteAsync(http);
            return;
        }
        await next(http);
    }
}
