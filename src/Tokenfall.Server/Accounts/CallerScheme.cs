using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Keys;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// The default scheme: a call with an <c>Authorization</c> header is a program's and is judged by that header alone;
/// every other call is a person's and is judged by the cookie. So a program never needs an antiforgery token.
/// </summary>
internal static class CallerScheme
{
    public const string Name = "Caller";

    public static AuthenticationBuilder AddCaller(this AuthenticationBuilder builder) => builder
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
        .AddPolicyScheme(Name, null, policy => policy.ForwardDefaultSelector = http =>
            http.Request.Headers.Authorization.Count > 0 ? ApiKeyHandler.SchemeName : IdentityConstants.ApplicationScheme);
}
