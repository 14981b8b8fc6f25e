using Tokenfall.Doctor.Tests.Odd;
using Tokenfall.Doctor.Tests.Proxies;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Paths;

/// <summary>How to start one hop before what is behind it.</summary>
internal delegate Task<IHop> HopStart(Uri upstream);

internal static class Hops
{
    /// <summary>A real proxy with its shipped configuration, or with a fault planted in it.</summary>
    public static HopStart Real(ProxyProgram program, Func<string, string>? edit = null) =>
        async upstream => await ProxyServer.StartAsync(program, upstream, edit);

    public static HopStart Nginx(Func<string, string>? edit = null) => Real(new NginxProgram(), edit);
    public static HopStart HAProxy(Func<string, string>? edit = null) => Real(new HAProxyProgram(), edit);
    public static HopStart Caddy(Func<string, string>? edit = null) => Real(new CaddyProgram(), edit);
    public static HopStart Apache(Func<string, string>? edit = null) => Real(new ApacheProgram(), edit);

    /// <summary>A relay with a bad habit.</summary>
    public static HopStart Relay(Habit habit) => async upstream => await OddProxy.StartAsync(upstream, habit);
}
