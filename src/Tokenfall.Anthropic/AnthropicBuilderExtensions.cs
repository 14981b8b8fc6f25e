using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokenfall;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Anthropic's models to Tokenfall.</summary>
public static class AnthropicBuilderExtensions
{
    /// <summary>Answers with a model of Anthropic's, through the Messages API.</summary>
    /// <param name="builder">What <c>AddTokenfall()</c> returned.</param>
    /// <param name="configure">
    /// Applied last over the settings, after the section <c>Tokenfall:Anthropic</c> and the <c>ANTHROPIC_*</c> variables.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>The settings are checked when the host starts: a missing key ends it with an <see cref="OptionsValidationException"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TokenfallBuilder AddAnthropic(this TokenfallBuilder builder, Action<AnthropicOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder.Services, Options.Options.DefaultName, configure);
        return builder.AddSource<AnthropicSource>();
    }

    /// <summary>Adds a model of Anthropic's under a name that endpoints and requests can choose.</summary>
    /// <param name="builder">What <c>AddTokenfall()</c> returned.</param>
    /// <param name="name">The name, such as <c>claude</c>.</param>
    /// <param name="configure">
    /// Applied last over the settings, after the sections <c>Tokenfall:Models:{name}</c> and <c>Tokenfall:Anthropic</c> and the
    /// <c>ANTHROPIC_*</c> variables.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank, or used already.</exception>
    /// <remarks>The settings are checked when the host starts: a missing key ends it with an <see cref="OptionsValidationException"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    public static TokenfallBuilder AddAnthropic(this TokenfallBuilder builder, string name, Action<AnthropicOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSource(name, services => new AnthropicSource(
            Options.Options.Create(services.GetRequiredService<IOptionsMonitor<AnthropicOptions>>().Get(name)), services.GetRequiredService<TimeProvider>()));
        AddOptions(builder.Services, name, configure);
        return builder;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<AnthropicOptions>? configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AnthropicOptions>, AnthropicOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnthropicOptions>, AnthropicOptionsValidator>());
        var options = services.AddOptions<AnthropicOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
    }
}
