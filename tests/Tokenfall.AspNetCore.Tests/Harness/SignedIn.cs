using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>An application with cookies for people and bearer tokens for programs, as most are.</summary>
internal static class SignedIn
{
    public static Task<TestApp> StartAsync(Action<AppOptions>? options = null, Action<IEndpointConventionBuilder>? endpoints = null,
        Action<IServiceCollection>? services = null, Action<WebApplication>? use = null, Action<WebApplication>? map = null) =>
        TestApp.StartAsync(
            builder =>
            {
                TestApp.Configure(builder, options);
                services?.Invoke(builder.Services);
                builder.Services.AddAuthorization();
                builder.Services.AddAuthentication("either")
                    .AddPolicyScheme("either", null, either => either.ForwardDefaultSelector = context =>
                        context.Request.Headers.Authorization.Count > 0 ? "bearer" : CookieAuthenticationDefaults.AuthenticationScheme)
                    .AddScheme<AuthenticationSchemeOptions, BearerHandler>("bearer", null)
                    .AddCookie(cookie => cookie.LoginPath = "/login");
            },
            app =>
            {
                use?.Invoke(app);
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGet("/sign-in", (string user) => Results.SignIn(Principal(user, "cookie"), authenticationScheme: CookieAuthenticationDefaults.AuthenticationScheme));
                app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
                var mapped = app.MapTokenfall(TestApp.Path).RequireAuthorization();
                endpoints?.Invoke(mapped);
                map?.Invoke(app);
            });

    /// <summary>A browser: keeps cookies, and is signed in.</summary>
    public static async Task<HttpClient> BrowserAsync(this TestApp app, string user)
    {
        var client = app.NewClient(new CookieContainer());
        using var signedIn = await client.GetAsync($"/sign-in?user={user}");
        Assert.True(signedIn.IsSuccessStatusCode);
        return client;
    }

    public static HttpRequestMessage AsProgram(this HttpRequestMessage request, string user) => request.With("Authorization", $"Bearer {user}");

    public static Task<string> TokenAsync(this HttpClient browser) => browser.GetStringAsync("/token");

    private static ClaimsPrincipal Principal(string user, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], scheme));

    private sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var token = Request.Headers.Authorization.ToString()["Bearer ".Length..];
            return Task.FromResult(token == "wrong"
                ? AuthenticateResult.Fail("The token is wrong.")
                : AuthenticateResult.Success(new AuthenticationTicket(Principal(token, Scheme.Name), Scheme.Name)));
        }
    }
}
