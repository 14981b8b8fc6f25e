using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// The default scheme: a call with <c>Authorization: Bearer</c> comes from a program and is authenticated by that header alone; every
/// other call comes from a person and is authenticated by the cookie. So a program needs no antiforgery token, and a page may be behind a
/// proxy that asks for a password of its own (HTTP Basic), which browsers then send along.
/// </summary>
internal static class CallerScheme
{
    public const string Name = "Caller";

    public static AuthenticationBuilder AddCaller(this AuthenticationBuilder builder) => builder
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
        .AddPolicyScheme(Name, null, policy => policy.ForwardDefaultSelector = http =>
            http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                ? ApiKeyHandler.SchemeName
                : IdentityConstants.ApplicationScheme);
}
