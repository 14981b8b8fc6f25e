using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Tokenfall to a web application.</summary>
public static class TokenfallServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services that <c>MapTokenfall</c> needs, and binds <see cref="TokenfallOptions"/> and <see cref="TokenfallHttpOptions"/> to the configuration section
    /// <c>Tokenfall</c>.
    /// </summary>
    /// <remarks>
    /// Antiforgery tokens are read from the application's own header (<c>AntiforgeryOptions.HeaderName</c>), and from <c>X-CSRF-TOKEN</c>, which the browser
    /// client sends.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the settings of runs after they are read from configuration; null changes nothing.</param>
    /// <param name="configureHttp">Changes the settings of endpoints after they are read from configuration; null changes nothing.</param>
    /// <returns>A builder to add models: <c>AddAnthropic()</c>, <c>AddChatClient()</c>, <c>AddDemo()</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static TokenfallBuilder AddTokenfall(
        this IServiceCollection services, Action<TokenfallOptions>? configure = null, Action<TokenfallHttpOptions>? configureHttp = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TokenfallHttpOptions>().BindConfiguration(TokenfallOptions.Section);
        if (configureHttp is not null) options.Configure(configureHttp);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenfallHttpOptions>, TokenfallHttpOptionsValidator>());

        services.AddProblemDetails();
        services.AddAntiforgery();
        services.TryAddSingleton<IRunProtocol, TokenfallProtocol>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ResumeMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LastResortMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpLoggingInterceptor, HttpLoggingWithoutPrompts>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, EventStreamProblemWriter>());
        AddSignInProblems(services);
        services.TryAddSingleton<ActiveResponses>();
        services.TryAddSingleton(_ => new ActiveCallers());
        services.TryAddSingleton<RunEndpoint>();
        services.TryAddSingleton<ProbeRecords>();
        services.TryAddSingleton<ProbeSlots>();
        services.TryAddSingleton<ProbeEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, RequestBodyApiDescriptionProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ResponseDrainService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndpointValidator>());
        services.AddOptions<SocketTransportOptions>().PostConfigure<IOptions<TokenfallHttpOptions>>(TuneSockets);
        return services.AddTokenfallCore(configure);
    }

    // In place of the framework's, whichever call came first; a handler of the application's own stays.
    private static void AddSignInProblems(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler)) is { } known
            && known.ImplementationType != typeof(AuthorizationMiddlewareResultHandler)) return;
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, SignInProblems>();
    }

    private static void TuneSockets(SocketTransportOptions sockets, IOptions<TokenfallHttpOptions> tokenfall)
    {
        if (tokenfall.Value.TuneSockets) StreamingSockets.Configure(sockets);
    }
}
