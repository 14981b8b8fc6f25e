using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Tokenfall.EndToEnd.Tests.Rendering;

/// <summary>
/// Serves a page with the renderer, as it is in the repository, with the ready-made server's policy or without any; and, on a
/// port of its own, the host that hostile text wants to reach.
/// </summary>
internal sealed class RenderApp : IAsyncDisposable
{
    // The ready-made server's, and an icon in the page itself, so that the browser asks for none.
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; connect-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

    private const string Html =
        """<!doctype html><meta charset="utf-8"><title>Render</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>""";

    private readonly WebApplication _app;
    private readonly WebApplication _elsewhere;

    private RenderApp()
    {
        _app = Build();
        _app.MapGet("/strict", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            return Results.Content(Html, "text/html");
        });
        _app.MapGet("/open", () => Results.Content(Html, "text/html"));
        Serve("/page.js", "tests/Tokenfall.EndToEnd.Tests/Rendering/page.js");
        Serve("/marked.js", "src/Tokenfall.Server/wwwroot/vendor/marked/marked.esm.js");
        Serve("/random.js", "client/support/random.js");
        _app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Repository.PathOf("client/src")),
            RequestPath = "/client",
        });
        _elsewhere = Build();
        _elsewhere.Run(http =>
        {
            Reached.Enqueue(http.Request.Path);
            return Task.CompletedTask;
        });
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The origin that hostile text names.</summary>
    public string Elsewhere => _elsewhere.Urls.Single();

    /// <summary>What was asked of it.</summary>
    public ConcurrentQueue<string> Reached { get; } = new();

    public static async Task<RenderApp> StartAsync()
    {
        var app = new RenderApp();
        await app._app.StartAsync();
        await app._elsewhere.StartAsync();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private void Serve(string path, string file) =>
        _app.MapGet(path, () => Results.File(Repository.PathOf(file), "text/javascript"));
}
