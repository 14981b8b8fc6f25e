using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Net.Http.Headers;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Features;

/// <summary>A person's own API keys. A key cannot manage keys: these calls need the cookie.</summary>
internal static class ApiKeysFeature
{
    public static void AddApiKeys(this WebApplicationBuilder builder) => builder.Services.AddScoped<ApiKeyStore>();

    public static void MapApiKeys(this WebApplication app)
    {
        var people = new AuthorizeAttribute { AuthenticationSchemes = IdentityConstants.ApplicationScheme };
        var keys = app.MapGroup("/account/keys").RequireAuthorization(people);
        keys.MapGet("", ListAsync);
        keys.MapPost("", AddAsync).RequireAntiforgeryToken().RequireRateLimiting(RateLimitFeature.KeyChanges);
        keys.MapDelete("/{id:int}", RemoveAsync).RequireAntiforgeryToken().RequireRateLimiting(RateLimitFeature.KeyChanges);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ApiKeyStore keys)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = HeaderNames.Accept;
        var list = await keys.ListAsync(Id(http), http.RequestAborted);
        return Results.Ok(list.Select(key => new { key.Id, key.Name, key.Hint, key.CreatedAt }));
    }

    private static async Task<IResult> AddAsync(HttpContext http, NewKey body, ApiKeyStore keys)
    {
        try
        {
            var (key, secret) = await keys.AddAsync(Id(http), body.Name ?? "", http.RequestAborted);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Created(http.Request.PathBase.Add($"/account/keys/{key.Id}").ToUriComponent(), new { key.Id, key.Name, key.Hint, key.CreatedAt, Key = secret });
        }
        catch (ApiKeyRefusedException refused) when (refused.IsFull)
        {
            return CodedProblem.Of(StatusCodes.Status409Conflict, "too_many_keys", refused.Message);
        }
        catch (ApiKeyRefusedException refused)
        {
            return Results.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> RemoveAsync(int id, HttpContext http, ApiKeyStore keys) =>
        await keys.RemoveAsync(id, Id(http), http.RequestAborted)
            ? Results.NoContent()
            : Results.Problem("There is no such key. It may have been removed already.", statusCode: StatusCodes.Status404NotFound);

    private static string Id(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;

    private sealed record NewKey(string? Name);
}
