using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokenfall;

/// <summary>What <c>AddTokenfall()</c> returns: models, and replacements for the built-in parts, are added here.</summary>
/// <param name="services">The application's services.</param>
public sealed class TokenfallBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Answers with your own source. An endpoint without a model of its own asks the one added last.</summary>
    /// <typeparam name="TSource">The source; created once, from the application's services.</typeparam>
    /// <returns>The same builder.</returns>
    public TokenfallBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>() where TSource : class, IModelSource
    {
        Services.AddSingleton<IModelSource, TSource>();
        return this;
    }

    /// <summary>Adds a source under a name that endpoints and requests can choose.</summary>
    /// <param name="name">The name, such as <c>claude</c>.</param>
    /// <param name="create">Creates the source, once.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank, or used already.</exception>
    public TokenfallBuilder AddSource(string name, Func<IServiceProvider, IModelSource> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (Services.Any(service => service.ServiceKey is string key && key == name && service.ServiceType == typeof(IModelSource)))
            throw new ArgumentException($"There is a model named '{name}' already. Give each its own name.", nameof(name));
        Services.AddKeyedSingleton(name, (provider, _) => create(provider));
        Services.AddSingleton(provider => provider.GetRequiredKeyedService<IModelSource>(name));
        Services.AddSingleton(new NamedModel(name));
        return this;
    }

    /// <summary>Answers with the <see cref="IChatClient"/> among the application's services.</summary>
    /// <returns>The same builder.</returns>
    public TokenfallBuilder AddChatClient() => AddSource<ChatClientSource>();

    /// <summary>Adds a chat client under a name that endpoints and requests can choose.</summary>
    /// <param name="name">The name, such as <c>local</c>.</param>
    /// <param name="create">Creates the client, once; null takes the <see cref="IChatClient"/> that is registered under the same key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank, or used already.</exception>
    public TokenfallBuilder AddChatClient(string name, Func<IServiceProvider, IChatClient>? create = null) =>
        AddSource(name, provider => new ChatClientSource(create?.Invoke(provider) ?? provider.GetRequiredKeyedService<IChatClient>(name)));

    /// <summary>Answers with the built-in demo model, for trying things out without a key.</summary>
    /// <returns>The same builder.</returns>
    public TokenfallBuilder AddDemo()
    {
        Services.TryAddSingleton(TimeProvider.System);
        return AddSource<DemoSource>();
    }

    /// <summary>Adds the built-in demo model under a name that endpoints and requests can choose.</summary>
    /// <param name="name">The name, such as <c>demo</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank, or used already.</exception>
    public TokenfallBuilder AddDemo(string name)
    {
        Services.TryAddSingleton(TimeProvider.System);
        return AddSource(name, provider => new DemoSource(provider.GetRequiredService<TimeProvider>()));
    }
}
