using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Snippets.Recipes.Operations;

public static class Telemetry
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: telemetry
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Tokenfall"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("Tokenfall"))
            .UseOtlpExporter();
        builder.Services.AddTokenfall().AddDemo();

        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        // end snippet
        return app;
    }
}
