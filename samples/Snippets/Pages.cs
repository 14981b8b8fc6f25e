namespace Snippets;

public static class Pages
{
    public static void MapToken(WebApplication app)
    {
        // snippet: antiforgery
        app.MapTokenfallAntiforgery(); // at /antiforgery
        // end snippet
    }

    public static void ServeFiles(WebApplication app)
    {
        // snippet: plain-page
        app.UseFileServer();
        app.MapTokenfall("/ask/stream");
        // end snippet
    }

    public static void MapForAnotherSite(WebApplication app)
    {
        // snippet: cors
        app.MapTokenfall("/ask/stream").RequireCors(policy => policy
            .WithOrigins("https://app.example").AllowCredentials().AllowAnyHeader().AllowAnyMethod()
            .WithExposedHeaders("Location", "Tokenfall-Reader", "Retry-After", "Date"));
        // end snippet
    }
}
