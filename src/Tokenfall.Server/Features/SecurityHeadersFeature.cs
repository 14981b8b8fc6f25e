namespace Tokenfall.Server.Features;

/// <summary>Headers that confine what a browser does with a response, on every response, errors included.</summary>
internal static class SecurityHeadersFeature
{
    // No inline script or style anywhere, nothing from elsewhere, and no string may become script or markup.
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self'; connect-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void AddSecurityHeaders(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        // As late as possible: the exception handler clears the headers.
        http.Response.OnStarting(Add, http.Response.Headers);
        return next(http);
    });

    /// <summary>Outside Development, tells browsers that came by https to use only https (HSTS).</summary>
    public static void UseStrictTransport(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseHsts();
    }

    private static Task Add(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return Task.CompletedTask;
    }
}
