using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Serve;

/// <summary>Tokenfall as an application has it, with its own defaults but for what would end a benchmark early.</summary>
internal static class TokenfallServer
{
    public static WebApplication Build<TSource>() where TSource : class, IModelSource => Build(tokenfall => tokenfall.AddSource<TSource>());

    public static WebApplication BuildAnthropic(string upstream) => Build(tokenfall => tokenfall.AddAnthropic(anthropic =>
    {
        anthropic.BaseUrl = upstream;
        anthropic.ApiKey = "bench";
    }));

    private static WebApplication Build(Action<TokenfallBuilder> model)
    {
        var builder = Bare();
        model(builder.Services.AddTokenfall(options =>
        {
            options.Limits.MaxRuns = 100_000;
            // A silent model is what some scenarios are about.
            options.Upstream.FirstContentTimeout = options.Upstream.ContentTimeout = options.Upstream.TotalTimeout = TimeSpan.FromHours(1);
        }));
        var app = builder.Build();
        app.MapTokenfall(Requests.Path);
        ControlEndpoints.Map(app);
        return app;
    }

    /// <summary>An application without a log: its cost is that of its sink, and standard output is spoken for.</summary>
    public static WebApplicationBuilder Bare()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
