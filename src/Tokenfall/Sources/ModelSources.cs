using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall;

/// <summary>The application's models: those with a name, and the default.</summary>
/// <remarks>
/// Thread-safe. All sources are created when the host starts; without a host, on first use. <c>AddTokenfall()</c> and <c>AddTokenfallCore()</c> register it.
/// </remarks>
public sealed class ModelSources
{
    private readonly IServiceProvider _services;
    private IReadOnlyList<IModelSource>? _all;

    internal ModelSources(IServiceProvider services)
    {
        _services = services;
        Names = [.. services.GetServices<NamedModel>().Select(model => model.Name)];
    }

    /// <summary>The names, in the order they were added.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The source that was added last.</summary>
    /// <exception cref="InvalidOperationException">No source was added.</exception>
    public IModelSource Default => _services.GetService<IModelSource>()
        ?? throw new InvalidOperationException("No model was added. Call AddAnthropic(), AddChatClient(), AddSource() or AddDemo() after AddTokenfall().");

    /// <summary>Finds a source by its name.</summary>
    /// <param name="name">The name; case-sensitive.</param>
    /// <param name="source">The source.</param>
    /// <returns>False if no source has this name.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out IModelSource? source)
    {
        source = Names.Contains(name) ? _services.GetRequiredKeyedService<IModelSource>(name) : null;
        return source is not null;
    }

    /// <summary>The name of a source; null if it has none.</summary>
    internal string? NameOf(IModelSource source) => Names.FirstOrDefault(name => TryGet(name, out var named) && ReferenceEquals(named, source));

    /// <summary>Removes the secrets of all sources: a gateway may repeat another source's key.</summary>
    internal string Redact(string text)
    {
        try
        {
            _all ??= [.. Names.Select(name => _services.GetRequiredKeyedService<IModelSource>(name)), .. _services.GetServices<IModelSource>()];
        }
        catch (Exception)
        {
            // A source that cannot be made, or is gone with its application, has no secret in use.
        }
        return (_all ?? []).Aggregate(text, (cleaned, source) => source.Redact(cleaned));
    }

    internal bool IsDefault(IModelSource source) => ReferenceEquals(source, _services.GetService<IModelSource>());
}

/// <summary>The name of a source that was registered by name.</summary>
internal sealed record NamedModel(string Name);
