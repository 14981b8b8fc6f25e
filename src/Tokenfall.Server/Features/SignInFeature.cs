using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Tokenfall.Server.Accounts;
using Tokenfall.Server.Sessions;

namespace Tokenfall.Server.Features;

/// <summary>Sign-in and sign-out for people, with a cookie.</summary>
internal static class SignInFeature
{
    // One text for every failure: it must not tell an unknown e-mail from a wrong password or a locked account.
    private const string Refused =
        "The e-mail or the password is wrong. After five wrong tries an account stays closed for five minutes.";

    private const string Unreadable = "The body cannot be read. Send email and password as JSON in UTF-8 or as a form.";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HashingThreads>();
        builder.Services.AddSingleton<KnownDevice>();
        builder.Services.AddSingleton<SignInLimiter>();
        builder.Services.AddSingleton<DecoyPassword>();
        builder.Services.AddSingleton<AccountLocks>();
        builder.Services.AddScoped<PasswordCheck>();
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddScoped<SessionSignIn>();
        builder.Services.AddHostedService<AccessWatcher>();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(CallerScheme.Name).AddCaller().AddCookie(IdentityConstants.ApplicationScheme);
        builder.Services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionStore>((cookie, sessions) =>
        {
            cookie.SessionStore = sessions;
            cookie.ExpireTimeSpan = Session.Lifetime;
            cookie.Cookie.Name = SessionSignIn.CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // A status, never a redirect: every caller is a script or a program.
            cookie.Events.OnRedirectToLogin = context => SetStatus(context.Response, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => SetStatus(context.Response, StatusCodes.Status403Forbidden);
        });
    }

    public static void UseSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    public static void MapSignIn(this WebApplication app)
    {
        var account = app.MapGroup("/account").RequireAntiforgeryToken();
        account.MapPost("/sign-in", SignInAsync);
        account.MapPost("/sign-out", (HttpContext http) => http.SignOutAsync(IdentityConstants.ApplicationScheme));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, SignInLimiter limiter, HashingThreads threads, PasswordCheck check, KnownDevice device, SessionSignIn sessions)
    {
        using var permit = limiter.Try(http);
        if (!permit.IsAcquired) return RateLimitFeature.TooMany(http, permit);
        if (!http.Request.HasFormContentType && !http.Request.HasJsonContentType())
            return Results.Problem("Send email and password as JSON or as a form.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        if (await ReadAsync(http.Request) is not { } sent)
            return Results.Problem(Unreadable, statusCode: StatusCodes.Status400BadRequest);
        if (sent is not { Email.Length: > 0, Password.Length: > 0 })
            return Results.Problem("Enter both email and password.", statusCode: StatusCodes.Status400BadRequest);
        using var place = threads.TryEnter(isKnown: device.AccountId(http) is not null);
        if (place is null) return RateLimitFeature.TooMany(http, "Too many sign-ins are under way. Try again in a moment.", HashingThreads.Wait);
        if (await check.FindAsync(http, sent.Email, sent.Password) is not { } account)
            return Results.Problem(Refused, statusCode: StatusCodes.Status401Unauthorized);

        device.Remember(http, account);
        await sessions.SignInAsync(http, account);
        return Results.NoContent();
    }

    /// <returns>What was sent, or <see langword="null"/> when it cannot be read.</returns>
    private static async Task<Credentials?> ReadAsync(HttpRequest request)
    {
        try
        {
            if (!request.HasFormContentType) return await request.ReadFromJsonAsync<Credentials>(request.HttpContext.RequestAborted);
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return new Credentials(form["email"], form["password"]);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return null;
        }
    }

    // Malformed JSON, an unknown charset, a form without a boundary, or one that ends too soon. A body that is too large has its own status.
    private static bool IsMalformed(Exception e) =>
        e is JsonException or InvalidOperationException or InvalidDataException or (IOException and not BadHttpRequestException);

    private static Task SetStatus(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
