using Microsoft.AspNetCore.Antiforgery;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Features;

/// <summary>What the page needs to know first: who is signed in, the antiforgery token, and which model answers.</summary>
internal static class SessionFeature
{
    public static void AddSession(this WebApplicationBuilder builder) => builder.Services.AddAntiforgery(antiforgery =>
    {
        antiforgery.HeaderName = "X-CSRF-TOKEN";
        antiforgery.Cookie.Name = "tokenfall.csrf";
        antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // Otherwise a form of any size would be read, and kept in files, to look for the token in it.
        antiforgery.SuppressReadingTokenFromFormBody = true;
        // The Content-Security-Policy forbids framing on every response.
        antiforgery.SuppressXFrameOptionsHeader = true;
    });

    public static void MapSession(this WebApplication app, ServerOptions options, ModelKind model) =>
        app.MapGet("/account/session", (HttpContext http, IAntiforgery antiforgery, IModelSource source) =>
        {
            var token = antiforgery.GetAndStoreTokens(http).RequestToken;
            http.Response.Headers.CacheControl = "no-store";
            return new Session(
                http.User.Identity?.Name, token, source.Model, model == ModelKind.Demo, options.SignIn);
        });

    /// <param name="User">The e-mail of the account, or <see langword="null"/> when signed out.</param>
    /// <param name="CsrfToken">To be sent back as <c>X-CSRF-TOKEN</c>. It changes at sign-in and sign-out.</param>
    /// <param name="Model">Which model answers, such as <c>claude-sonnet-5-5</c> or <c>demo</c>; <see langword="null"/> where the model does not say.</param>
    /// <param name="Demo">Whether that is the built-in demo model.</param>
    /// <param name="SignIn">Whether sign-in is on.</param>
    private sealed record Session(string? User, string? CsrfToken, string? Model, bool Demo, bool SignIn);
}
