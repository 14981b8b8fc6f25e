using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Features;

/// <summary>How often an account may start a run or change its keys, and the answer to whoever does anything too often.</summary>
internal static class RateLimitFeature
{
    /// <summary>The policy for starts of runs.</summary>
    public const string Starts = "starts";

    /// <summary>The policy for making and revoking keys.</summary>
    public const string KeyChanges = "key-changes";

    // Nobody needs more, and each is written to the disk.
    private const int KeyChangesPerMinute = 120;

    private const int Ipv6Network = 8; // bytes: a subscriber has all addresses of a /64

    public static void AddRateLimits(this WebApplicationBuilder builder, ServerOptions options) => builder.Services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (context, _) => new ValueTask(TooMany(context.HttpContext, context.Lease).ExecuteAsync(context.HttpContext));
        limits.AddPolicy(KeyChanges, http => PerMinute(http.User.Identity?.Name ?? "", KeyChangesPerMinute));
        limits.AddPolicy(Starts, http => PerMinute(http.User.Identity?.Name ?? "", options.StartsPerMinute));
    });

    /// <summary>An answer 429, with the time to wait.</summary>
    public static IResult TooMany(HttpContext http, string detail, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return CodedProblem.Of(StatusCodes.Status429TooManyRequests, "too_many_requests", detail);
    }

    /// <summary>The same, with the time that the limit gives.</summary>
    public static IResult TooMany(HttpContext http, RateLimitLease lease) => TooMany(
        http, "Too many requests of this kind within a minute. Wait a moment, then try again.",
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1));

    /// <summary>A limit for each key.</summary>
    public static RateLimitPartition<string> PerMinute(string key, int permits) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
    {
        TokenLimit = permits,
        // A few at a time, so that nobody has to wait for a whole minute.
        TokensPerPeriod = Math.Max(1, permits / 10),
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) * Math.Max(1, permits / 10) / permits,
        QueueLimit = 0,
    });

    /// <summary>Who an address belongs to.</summary>
    public static string AddressOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6Network))
            : address.ToString();
    }
}
