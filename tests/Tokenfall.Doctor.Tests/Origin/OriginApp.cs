using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Origin;

/// <summary>The application at the end of the path: Tokenfall, and beside it streams for looking at a path without it.</summary>
internal sealed class OriginApp : IHop
{
    private readonly WebApplication _app;

    private OriginApp(OriginHeaders headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.ForServer()));
        });
        builder.Services.AddTokenfall().AddDemo();
        _app = builder.Build();
        _app.Use((context, next) => DropHeaders(context, next, headers));
        _app.MapTokenfall("/ask/stream");
        Streams.Map(_app);
    }

    public Uri Http => new(_app.Urls.First());
    public Uri Https => new(_app.Urls.Last());
    public string Log => "";

    /// <summary>The streams for looking at a path.</summary>
    public PlainStreams Streams { get; } = new();

    /// <param name="headers">What the application leaves of the headers that Tokenfall sends.</param>
    public static async Task<OriginApp> StartAsync(OriginHeaders headers = OriginHeaders.All)
    {
        var app = new OriginApp(headers);
        await app._app.StartAsync();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        // Streams would otherwise hold the server back.
        using (var atOnce = new CancellationTokenSource(TimeSpan.Zero))
            await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static Task DropHeaders(HttpContext context, RequestDelegate next, OriginHeaders kept)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (!kept.HasFlag(OriginHeaders.NoBuffering)) headers.Remove("X-Accel-Buffering");
            if (!kept.HasFlag(OriginHeaders.NoTransform) && headers.CacheControl.Count > 0) headers.CacheControl = "no-cache";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
