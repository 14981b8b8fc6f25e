using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Tokenfall.AspNetCore;

namespace Snippets.Recipes.SignIn;

public static class CookieSignIn
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: cookies
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddTokenfall().AddDemo();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapPost("/sign-in", async (Credentials sent, HttpContext context) =>
        {
            if (Accounts.Find(sent.Name, sent.Password) is not { } account) return Results.Unauthorized();
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(ClaimTypes.Name, account.Name)],
                CookieAuthenticationDefaults.AuthenticationScheme);
            await context.SignInAsync(new ClaimsPrincipal(identity));
            return Results.NoContent();
        });
        app.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            await context.SignOutAsync();
            return Results.NoContent();
        });
        app.MapTokenfallAntiforgery().RequireAuthorization();
        app.MapTokenfall("/ask/stream").RequireAuthorization();
        // end snippet

        // snippet: end-access
        app.MapPost("/accounts/{id}/disable", (string id, ActiveCallers callers) =>
        {
            Accounts.Disable(id);
            bool IsTheirs(ClaimsPrincipal caller) => caller.HasClaim(ClaimTypes.NameIdentifier, id);
            callers.EndCalls(IsTheirs);
            callers.StopRuns(IsTheirs);
        }).RequireAuthorization("operator");
        // end snippet
        return app;
    }
}

public sealed record Credentials(string Name, string Password);

public sealed record Account(string Id, string Name);

// Stands for the application's own.
public static class Accounts
{
    public static void Disable(string id)
    {
    }

    public static Account? Find(string name, string password) => (name, password) switch
    {
        ("ada", "engine") => new Account("1", "ada"),
        ("grace", "compiler") => new Account("2", "grace"),
        _ => null,
    };
}
