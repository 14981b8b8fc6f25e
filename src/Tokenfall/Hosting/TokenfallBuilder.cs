using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokenfall;

/// <summary>Returned by <c>AddTokenfall()</c> to add models and replace built-in services.</summary>
/// <param name="services">The application's services.</param>
public sealed class TokenfallBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Adds your own source. Endpoints that do not choose a model use the source added last.</summary>
    /// <typeparam name="TSource">The type of the source, created once, by dependency injection.</typeparam>
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
    /// <exception cref="ArgumentException">The name is blank or already in use.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="create"/> is null.</exception>
    public TokenfallBuilder AddSource(string name, Func<IServiceProvider, IModelSource> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (Services.Any(service => service.ServiceKey is string key && key == name && service.ServiceType == typeof(IModelSource)))
            throw new ArgumentException($"A model named '{name}' already exists. Give each model its own name.", nameof(name));
        Services.AddKeyedSingleton(name, (provider, _) => create(provider));
        Services.AddSingleton(provider => provider.GetRequiredKeyedService<IModelSource>(name));
        Services.AddSingleton(new NamedModel(name));
        return this;
    }

    /// <summary>
    /// Uses the <see cref="IChatClient"/> that the application registered, for example by the method of the same name that
    /// Microsoft.Extensions.AI adds to <see cref="IServiceCollection"/>. Without one, the application does not start.
    /// </summary>
    /// <returns>The same builder.</returns>
    public TokenfallBuilder AddChatClient()
    {
        Services.AddSingleton<IModelSource>(provider => new ChatClientSource(provider.GetService<IChatClient>() ?? throw new InvalidOperationException(
            "AddTokenfall().AddChatClient() uses the IChatClient that the application registered, but there is none. "
            + "Register one: builder.Services.AddSingleton<IChatClient>(client), or AddChatClient(client) of the package Microsoft.Extensions.AI.")));
        return this;
    }

    /// <summary>Adds a chat client under a name that endpoints and requests can choose.</summary>
    /// <param name="name">The name, such as <c>local</c>.</param>
    /// <param name="create">Creates the client, once; null uses the <see cref="IChatClient"/> registered under the same key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank or already in use.</exception>
    public TokenfallBuilder AddChatClient(string name, Func<IServiceProvider, IChatClient>? create = null)
    {
        var builder = AddSource(name, provider => new ChatClientSource(provider.GetKeyedService<IChatClient>(name) ?? throw new InvalidOperationException(
            $"AddChatClient(\"{name}\") uses the IChatClient that the application registered under this key, but there is none. "
            + $"Register one: builder.Services.AddKeyedSingleton<IChatClient>(\"{name}\", client), or pass a function that creates it.")));
        // The services own what they create, and dispose it.
        if (create is not null) Services.AddKeyedSingleton(name, (provider, _) => create(provider));
        return builder;
    }

    /// <summary>Uses the built-in demo model, to try things out without a key.</summary>
    /// <returns>The same builder.</returns>
    public TokenfallBuilder AddDemo()
    {
        Services.TryAddSingleton(TimeProvider.System);
        return AddSource<DemoSource>();
    }

    /// <summary>Adds the built-in demo model under a name that endpoints and requests can choose.</summary>
    /// <param name="name">The name, such as <c>demo</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is blank or already in use.</exception>
    public TokenfallBuilder AddDemo(string name)
    {
        Services.TryAddSingleton(TimeProvider.System);
        return AddSource(name, provider => new DemoSource(provider.GetRequiredService<TimeProvider>()));
    }
}
