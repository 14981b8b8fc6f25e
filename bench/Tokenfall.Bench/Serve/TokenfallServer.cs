using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokenfall.Bench.Load;

namespace Tokenfall.Bench.Serve;

/// <summary>Tokenfall with its defaults, except for limits that would end a benchmark early.</summary>
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
            // Some scenarios need a silent model.
            options.Upstream.FirstContentTimeout = options.Upstream.ContentTimeout = options.Upstream.TotalTimeout = TimeSpan.FromHours(1);
        }));
        var app = builder.Build();
        app.MapTokenfall(Requests.Path);
        ControlEndpoints.Map(app);
        return app;
    }

    /// <summary>Creates an application without logging: its cost depends on the sink, and standard output is used for the address.</summary>
    public static WebApplicationBuilder Bare()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
