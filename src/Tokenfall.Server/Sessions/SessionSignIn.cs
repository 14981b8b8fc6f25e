using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Tokenfall.Server.Sessions;

/// <summary>Signs a person in, always with a new session.</summary>
internal sealed class SessionSignIn(
    IUserClaimsPrincipalFactory<IdentityUser> principals, IAuthenticationSchemeProvider schemes, CookieAuthenticationHandler cookie)
{
    /// <summary>The cookie that names the session.</summary>
    public const string CookieName = "tokenfall";

    /// <summary>Ends the session that the request came with, if any, and starts another.</summary>
    /// <remarks>
    /// <c>HttpContext.SignInAsync</c> would hand the old session on to whoever signs in, and whoever had planted its cookie in this browser
    /// would be signed in, too (session fixation). So the old session ends first, whoever the request is from, and a handler that finds none makes
    /// a new one.
    /// </remarks>
    public async Task SignInAsync(HttpContext http, IdentityUser account)
    {
        if (http.Request.Cookies.ContainsKey(CookieName)) await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        var scheme = await schemes.GetSchemeAsync(IdentityConstants.ApplicationScheme);
        await cookie.InitializeAsync(scheme!, http);
        await cookie.SignInAsync(await principals.CreateAsync(account), new AuthenticationProperties { IsPersistent = true });
    }
}
