using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Tokenfall to an application.</summary>
public static class TokenfallServiceCollectionExtensions
{
    private static readonly string? FrameworksOwnHeader = new AntiforgeryOptions().HeaderName;

    /// <summary>
    /// Adds what <c>MapTokenfall</c> needs and binds <see cref="TokenfallOptions"/> to the configuration section <c>Tokenfall</c>.
    /// </summary>
    /// <remarks>
    /// Antiforgery tokens are expected in the header <c>X-CSRF-TOKEN</c>, unless the application names another with <c>AddAntiforgery</c>.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes options after the configuration was read.</param>
    /// <returns>A builder on which to name the model: <c>AddAnthropic()</c>, <c>AddChatClient()</c>, <c>AddDemo()</c>.</returns>
    public static TokenfallBuilder AddTokenfall(this IServiceCollection services, Action<TokenfallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TokenfallOptions>().BindConfiguration(TokenfallOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();

        services.AddMetrics();
        services.AddProblemDetails();
        services.AddAntiforgery(NameHeader);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RunManager>();
        services.TryAddSingleton<ActiveResponses>();
        services.TryAddSingleton<RunEndpoint>();
        services.TryAddSingleton<ProbeRecords>();
        services.TryAddSingleton<ProbeEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, RequestBodyApiDescriptionProvider>());
        services.AddHostedService<DrainService>();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<TokenfallOptions>>(OutliveDraining);
        services.Configure<SocketTransportOptions>(StreamingSockets.Configure);
        return new TokenfallBuilder(services);
    }

    // The header that the project's browser client sends. A name that the application chose itself stays, whoever was first.
    private static void NameHeader(AntiforgeryOptions antiforgery)
    {
        if (antiforgery.HeaderName == FrameworksOwnHeader) antiforgery.HeaderName = "X-CSRF-TOKEN";
    }

    private static void OutliveDraining(HostOptions host, IOptions<TokenfallOptions> tokenfall)
    {
        var needed = tokenfall.Value.DrainTime + TimeSpan.FromSeconds(10);
        if (host.ShutdownTimeout < needed) host.ShutdownTimeout = needed;
    }
}
