using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Tokenfall to an application.</summary>
public static class TokenfallServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>MapTokenfall</c> needs and binds <see cref="TokenfallOptions"/> to the configuration section <c>Tokenfall</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes options after the configuration was read.</param>
    /// <returns>A builder on which to name the model: <c>AddAnthropic()</c>, <c>AddChatClient()</c>, <c>AddDemo()</c>.</returns>
    public static TokenfallBuilder AddTokenfall(this IServiceCollection services, Action<TokenfallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TokenfallOptions>().BindConfiguration(TokenfallOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();

        services.AddProblemDetails();
        services.AddAntiforgery(antiforgery => antiforgery.HeaderName = CsrfHeader);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RunManager>();
        services.TryAddSingleton<RunEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, AskApiDescriptionProvider>());
        return new TokenfallBuilder(services);
    }

    // The header that the project's browser client sends; an AddAntiforgery call after this one may rename it.
    private const string CsrfHeader = "X-CSRF-TOKEN";
}
