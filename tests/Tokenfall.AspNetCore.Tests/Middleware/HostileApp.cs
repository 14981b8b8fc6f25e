using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>An application with every middleware that can touch a response, each in its most hostile ordinary configuration.</summary>
internal static class HostileApp
{
    public const string Path = "/app/ask/stream";

    public const string Origin = "https://page.example";

    public static Task<TestApp> StartAsync(Action<IEndpointConventionBuilder>? endpoints = null, Action<AppOptions>? options = null) => TestApp.StartAsync(
        builder =>
        {
            TestApp.Configure(builder, options);
            AddMiddleware(builder.Services);
            builder.Services.Configure<TokenfallHttpOptions>(http => http.TrustedOrigins.Add(Origin));
        },
        app =>
        {
            Use(app);
            var mapped = app.MapTokenfall(TestApp.Path).RequireRateLimiting("one").RequireCors("page");
            endpoints?.Invoke(mapped);
            app.Map("/status/{status}", (string status) => $"The application's own page for {status}.").DisableRequestTimeout();
        });

    // Made by hand, since some machines know no culture. Its signs are not those of the wire.
    private static readonly CultureInfo FarAway = new("")
    {
        NumberFormat = new NumberFormatInfo { NegativeSign = "minus", NumberDecimalSeparator = ",", NumberGroupSeparator = " ", PositiveSign = "plus" },
        DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "·", TimeSeparator = "·" },
    };

    private static void AddMiddleware(IServiceCollection services)
    {
        // Everything is cached, and for all.
        services.AddOutputCache(cache => cache.AddBasePolicy(policy => policy.Cache().Expire(TimeSpan.FromHours(1))));
        services.AddResponseCaching();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["*/*"];
        });
        services.AddRequestDecompression();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMilliseconds(1) });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // One stream at a time: a running one holds the permit.
            limiter.AddPolicy("one", _ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = 1 }));
        });
        services.AddHttpLogging(logging =>
        {
            logging.LoggingFields = HttpLoggingFields.All;
            logging.MediaTypeOptions.AddText("text/event-stream");
            logging.MediaTypeOptions.AddText("application/json");
        });
        services.AddCors(cors => cors.AddPolicy("page", policy => policy.WithOrigins(Origin).AllowCredentials().AllowAnyHeader().AllowAnyMethod()));
        services.AddProblemDetails();
        services.AddLocalization();
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.All;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }

    private static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UsePathBase("/app");
        app.UseHttpLogging();
        app.UseExceptionHandler("/status/500");
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.UseRequestLocalization(new RequestLocalizationOptions { DefaultRequestCulture = new(FarAway), SupportedCultures = [FarAway], RequestCultureProviders = [] });
        app.UseResponseCompression();
        app.UseRequestDecompression();
        app.UseRouting();
        app.UseCors();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UseResponseCaching();
        app.UseAntiforgery();
    }
}
