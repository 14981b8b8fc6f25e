using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokenfall;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Tokenfall to an application without HTTP endpoints, such as a worker that hosts runs.</summary>
public static class TokenfallCoreServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="RunManager"/> and binds <see cref="TokenfallOptions"/> to the configuration section <c>Tokenfall</c>. Web applications call
    /// <c>AddTokenfall()</c> from the package <c>Tokenfall.AspNetCore</c> instead.
    /// </summary>
    /// <param name="services">The application's services. A scheduler, ledger or journal registered before this call replaces the default.</param>
    /// <param name="configure">Changes options after they are read from configuration; null changes nothing.</param>
    /// <remarks>The host's shutdown timeout is raised, where it is shorter, to 10 seconds more than <see cref="TokenfallOptions.DrainTime"/>.</remarks>
    /// <returns>A builder to add models: <c>AddAnthropic()</c>, <c>AddChatClient()</c>, <c>AddDemo()</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static TokenfallBuilder AddTokenfallCore(this IServiceCollection services, Action<TokenfallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TokenfallOptions>().BindConfiguration(TokenfallOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenfallOptions>, TokenfallOptionsValidator>());

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRunScheduler, LimitScheduler>();
        services.TryAddSingleton<IUsageLedger, NoLedger>();
        services.TryAddSingleton<IRunJournal, NoJournal>();
        services.TryAddSingleton(provider => new ModelSources(provider));
        services.TryAddSingleton(provider => new RunManager(
            provider.GetRequiredService<IOptions<TokenfallOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RunManager>>(),
            provider.GetRequiredService<IRunScheduler>(), provider.GetRequiredService<IUsageLedger>(), provider.GetRequiredService<IRunJournal>(),
            provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<ModelSources>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SourceValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalRecovery>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalRetentionService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DrainService>());
        services.AddOptions<HostOptions>().PostConfigure<IOptions<TokenfallOptions>>(OutliveDraining);
        return new TokenfallBuilder(services);
    }

    private static void OutliveDraining(HostOptions host, IOptions<TokenfallOptions> tokenfall)
    {
        var needed = tokenfall.Value.DrainTime + RunDrain.HostMargin;
        if (host.ShutdownTimeout < needed) host.ShutdownTimeout = needed;
    }
}
