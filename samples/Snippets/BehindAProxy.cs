using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Snippets;

public static class BehindAProxy
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // snippet: known-proxies
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Add(IPAddress.Parse("10.0.0.5"));
        });

        var app = builder.Build();
        app.UseForwardedHeaders();
        // end snippet
        return app;
    }
}
