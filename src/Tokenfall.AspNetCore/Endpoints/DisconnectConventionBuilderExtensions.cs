using Tokenfall;
using Tokenfall.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Sets an endpoint's disconnect policy.</summary>
public static class DisconnectConventionBuilderExtensions
{
    /// <summary>What happens to this endpoint's runs when nobody reads them; a caller's own <c>disconnect</c> wins.</summary>
    /// <param name="builder">What <c>MapTokenfall</c> returned.</param>
    /// <param name="policy">The policy; without this call it is <see cref="TokenfallOptions.Disconnect"/>.</param>
    public static TBuilder WithDisconnect<TBuilder>(this TBuilder builder, DisconnectPolicy policy) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new DisconnectMetadata(policy));
}
