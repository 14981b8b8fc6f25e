using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Configures the endpoints that <c>MapTokenfall</c> maps.</summary>
public static class TokenfallConventionBuilderExtensions
{
    /// <summary>Sets what happens to this endpoint's runs when nobody is reading them. A request's <c>disconnect</c> takes precedence.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="policy">The policy. Without this call it is <see cref="TokenfallOptions.Disconnect"/>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithDisconnect<TBuilder>(this TBuilder builder, DisconnectPolicy policy) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new DisconnectMetadata(policy));

    /// <summary>
    /// Makes the end of the stream complete the answer at this endpoint, although nothing in it said so. For a delegate or client of your own that
    /// yields text and ends; not for a provider's client, which ends in the same way when its connection is cut.
    /// </summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Without it, an answer whose last update has no <see cref="ChatResponseUpdate.FinishReason"/> ends as <c>truncated</c>.</remarks>
    public static TBuilder EndOfSequenceCompletes<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new EndOfSequenceMetadata());

    /// <summary>
    /// Makes rate limits of this endpoint, and the application's global one, hold for reading on and for stopping, too. Without this call they hold for
    /// starts only: a reader whose connection was cut is not refused its answer, and a Stop is never refused.
    /// </summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder RateLimitAllCalls<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RateLimitAllCallsMetadata());

    /// <summary>Sets the model for this endpoint.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="name">The name given to <c>AddAnthropic</c>, <c>AddChatClient</c>, <c>AddDemo</c> or <c>AddSource</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="InvalidOperationException">At startup, if no model has this name (the message lists the known names), or the endpoint has a handler of its own.</exception>
    public static TBuilder WithModel<TBuilder>(this TBuilder builder, string name) where TBuilder : IEndpointConventionBuilder => builder.WithModels(name);

    /// <summary>Sets the models from which a request can choose with its field <c>model</c>. The first one is the default.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="names">Names given to <c>AddAnthropic</c>, <c>AddChatClient</c>, <c>AddDemo</c> or <c>AddSource</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="names"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="names"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">At startup, if one of the names is unknown (the message lists the known names), or the endpoint has a handler of its own.</exception>
    public static TBuilder WithModels<TBuilder>(this TBuilder builder, params string[] names) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Length == 0) throw new ArgumentException("Name at least one model.", nameof(names));
        builder.Add(endpoint =>
        {
            var known = endpoint.ApplicationServices.GetRequiredService<ModelSources>().Names;
            if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
                throw new InvalidOperationException(
                    $"There is no model named '{unknown}' for the endpoint {endpoint.DisplayName}. Add it with AddAnthropic(\"{unknown}\"), AddChatClient(\"{unknown}\", ...) or AddDemo(\"{unknown}\")"
                    + $" after AddTokenfall(). Known: {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
            endpoint.Metadata.Add(new ModelsMetadata(names));
        });
        return builder;
    }

    /// <summary>Sets the options for this endpoint: system prompt (<see cref="ChatOptions.Instructions"/>), tools, limits, temperature and so on.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="configure">Changes the options of each request. Must be thread-safe.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="InvalidOperationException">At startup, if the endpoint has a handler of its own, which sets the options itself.</exception>
    public static TBuilder WithChatOptions<TBuilder>(this TBuilder builder, Action<ChatOptions> configure) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithMetadata(new ChatOptionsMetadata(configure));
    }

    /// <summary>
    /// Lets callers choose some of the model's settings, within limits. Without this call such fields are ignored; with it, a field that is not
    /// allowed gets a 400.
    /// </summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="configure">Sets the limits.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="ArgumentException">A limit allows nothing.</exception>
    /// <exception cref="InvalidOperationException">At startup, if the endpoint has a handler of its own, which sets the options itself.</exception>
    public static TBuilder AllowRequestOptions<TBuilder>(this TBuilder builder, Action<RequestOptionLimits> configure) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(configure);
        var limits = new RequestOptionLimits();
        configure(limits);
        limits.Validate();
        return builder.WithMetadata(limits);
    }

    /// <summary>Sets the protocol for this endpoint, instead of Tokenfall's own.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The result of <c>MapTokenfall</c>.</param>
    /// <param name="protocol">The protocol.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="protocol"/> is null.</exception>
    [Experimental("TOKENFALL001")]
    public static TBuilder WithProtocol<TBuilder>(this TBuilder builder, IRunProtocol protocol) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return builder.WithMetadata(protocol);
    }
}
