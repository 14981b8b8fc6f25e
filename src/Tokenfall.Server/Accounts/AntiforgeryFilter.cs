using Microsoft.AspNetCore.Antiforgery;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Requires the antiforgery token on JSON calls, too: the framework's own middleware checks forms only.
/// </summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            await antiforgery.ValidateRequestAsync(context.HttpContext);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.Problem(
                "The antiforgery token is missing or does not match this session. Get a new one from /account/session "
                + "(on the page: reload) and send it as X-CSRF-TOKEN.",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["code"] = "antiforgery" });
        }
        return await next(context);
    }
}
