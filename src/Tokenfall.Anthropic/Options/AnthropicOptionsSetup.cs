using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>
/// Fills <see cref="AnthropicOptions"/> from the configuration: the named model's section first, then the common one, then the variables that every
/// Anthropic tool reads.
/// </summary>
/// <param name="services">Looked into for the configuration, which an application may do without.</param>
internal sealed class AnthropicOptionsSetup(IServiceProvider services) : IConfigureNamedOptions<AnthropicOptions>
{
    public void Configure(AnthropicOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? name, AnthropicOptions options)
    {
        if (services.GetService<IConfiguration>() is not { } configuration) return;
        // By hand rather than by a binder: a blank value, as templates have it, must not hide the variable.
        string? Read(string setting, string? variable = null) =>
            (string.IsNullOrEmpty(name) ? null : NotBlank(configuration[$"{AnthropicOptions.ModelsSection}:{name}:{setting}"]))
            ?? NotBlank(configuration[$"{AnthropicOptions.Section}:{setting}"])
            ?? (variable is null ? null : NotBlank(configuration[variable]));

        options.ApiKey = Read(nameof(options.ApiKey), "ANTHROPIC_API_KEY") ?? options.ApiKey;
        options.BaseUrl = Read(nameof(options.BaseUrl), "ANTHROPIC_BASE_URL") ?? options.BaseUrl;
        options.Model = Read(nameof(options.Model), "ANTHROPIC_MODEL") ?? options.Model;
        options.System = Read(nameof(options.System)) ?? options.System;
    }

    private static string? NotBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
