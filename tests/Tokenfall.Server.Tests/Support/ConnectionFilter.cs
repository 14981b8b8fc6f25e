using Microsoft.AspNetCore.Hosting;

namespace Tokenfall.Server.Tests.Support;

/// <summary>Gives requests the addresses that a real connection would have.</summary>
internal sealed class ConnectionFilter(Action<ConnectionInfo> change) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            change(http.Connection);
            return rest(http);
        });
        next(app);
    };
}

internal static class ConnectionFilterExtensions
{
    public static void AddConnection(this IServiceCollection services, Action<ConnectionInfo> change) =>
        services.AddSingleton<IStartupFilter>(new ConnectionFilter(change));
}
