using Microsoft.AspNetCore.HttpOverrides;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Features;

/// <summary>Takes the caller's address, the scheme and the path that it is mounted under from known reverse proxies; this machine is always one.</summary>
internal static class ForwardedHeadersFeature
{
    public static void AddForwardedHeaders(this WebApplicationBuilder builder, ServerOptions options) =>
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // The host is not taken from X-Forwarded-Host: the proxy passes Host itself.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;
            // The chain is followed as long as each hop is a known proxy.
            forwarded.ForwardLimit = null;
            foreach (var proxy in options.Proxies) forwarded.KnownIPNetworks.Add(proxy);
        });
}
