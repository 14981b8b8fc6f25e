using Microsoft.Net.Http.Headers;

namespace Tokenfall.Server.Features;

/// <summary>The pages and their scripts: plain files that the browser revalidates at each use (<c>ETag</c>).</summary>
internal static class PageFeature
{
    private const string Keys = "/account/keys";
    private const string Diagnostics = "/diagnostics";

    public static void UsePages(this WebApplication app)
    {
        // One URL, two representations: browsers get the page, its script gets the list.
        app.Use((http, next) =>
        {
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Equals(Keys, StringComparison.OrdinalIgnoreCase)
                && http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
            {
                http.Request.Path = "/keys.html";
                http.Response.Headers.Vary = HeaderNames.Accept;
            }
            if (http.Request.Path.Equals(Diagnostics, StringComparison.OrdinalIgnoreCase)) http.Request.Path = "/diagnostics.html";
            return next(http);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
