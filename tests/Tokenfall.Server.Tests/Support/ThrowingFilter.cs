using Microsoft.AspNetCore.Hosting;

namespace Tokenfall.Server.Tests.Support;

/// <summary>An address, <c>/throws</c>, where the server fails.</summary>
internal sealed class ThrowingFilter : IStartupFilter
{
    public static void Add(IServiceCollection services) => services.AddSingleton<IStartupFilter, ThrowingFilter>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        app.Map("/throws", branch => branch.Run(_ => throw new InvalidOperationException("the cause, for the log only")));
    };
}
