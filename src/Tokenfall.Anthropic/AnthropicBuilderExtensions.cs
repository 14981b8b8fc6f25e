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
    /// Has the last word over the settings, after the section <c>Tokenfall:Anthropic</c> and the <c>ANTHROPIC_*</c> variables.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>The settings are checked when the host starts: a missing key ends it with an <see cref="OptionsValidationException"/>.</remarks>
    public static TokenfallBuilder AddAnthropic(this TokenfallBuilder builder, Action<AnthropicOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AnthropicOptions>, AnthropicOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnthropicOptions>, AnthropicOptionsValidator>());
        var options = services.AddOptions<AnthropicOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        return builder.AddSource<AnthropicSource>();
    }
}
