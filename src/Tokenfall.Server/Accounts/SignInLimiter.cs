using System.Threading.RateLimiting;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Features;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// How often somebody may try to sign in: an address, or a browser that has signed in before. The second has its own count, so that a flood from the
/// address that it shares with others, as in an office, does not keep it out. Thread-safe.
/// </summary>
internal sealed class SignInLimiter(ServerOptions options, KnownDevice device) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _tries =
        PartitionedRateLimiter.Create<string, string>(who => RateLimitFeature.PerMinute(who, options.SignInsPerMinute));

    /// <summary>Counts a try.</summary>
    /// <param name="http">The request. Only one that no other page can have forged: it could use up the tries of its reader's address.</param>
    /// <returns>Whether it is allowed, and else when to come back.</returns>
    public RateLimitLease Try(HttpContext http) => _tries.AttemptAcquire(
        device.AccountId(http) is { } account ? $"device {account}" : RateLimitFeature.AddressOf(http.Connection.RemoteIpAddress));

    public void Dispose() => _tries.Dispose();
}
