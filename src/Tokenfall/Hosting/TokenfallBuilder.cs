using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokenfall;

/// <summary>What <c>AddTokenfall()</c> returns: the place where models are added.</summary>
/// <param name="services">The application's services.</param>
public sealed class TokenfallBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Answers with your own source. The last one added answers.</summary>
    /// <typeparam name="TSource">The source; made once, from the application's services.</typeparam>
    public TokenfallBuilder AddSource<TSource>() where TSource : class, IModelSource
    {
        Services.AddSingleton<IModelSource, TSource>();
        return this;
    }

    /// <summary>Answers with the <see cref="Microsoft.Extensions.AI.IChatClient"/> among the application's services.</summary>
    public TokenfallBuilder AddChatClient() => AddSource<ChatClientSource>();

    /// <summary>Answers with the built-in demo model, for trying things out without a key.</summary>
    public TokenfallBuilder AddDemo()
    {
        Services.TryAddSingleton(TimeProvider.System);
        return AddSource<DemoSource>();
    }
}
