using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>The shipped configurations pass everything on as it comes, whoever asks and however.</summary>
[Trait("Needs", "proxies")]
public class HealthyTests
{
    private static readonly Dictionary<string, HopStart[]> Paths = new()
    {
        ["Kestrel alone"] = [],
        ["nginx"] = [Hops.Nginx()],
        ["HAProxy"] = [Hops.HAProxy()],
        ["Caddy"] = [Hops.Caddy()],
        ["Apache"] = [Hops.Apache()],
    };

    public static TheoryData<string> Names => [.. Paths.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedConfiguration_EveryConnection_PassesEventsOnAtOnce(string name)
    {
        await using var path = await HopPath.StartAsync(OriginHeaders.All, Paths[name]);

        await Task.WhenAll(
            from connection in Enum.GetValues<Connection>()
            from encoding in (string[])["identity", "gzip", "br"]
            select Arriving.AtOnce(path, connection, encoding));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedConfiguration_SilentStream_IsNotCut(string name)
    {
        await using var path = await HopPath.StartAsync(OriginHeaders.All, Paths[name]);

        await Cutting.Never(path, Connection.Http1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ShippedConfiguration_ReaderThatLeaves_IsMissed(string name)
    {
        await using var path = await HopPath.StartAsync(OriginHeaders.All, Paths[name]);

        // Apache looks at its reader only when it writes to it.
        if (name == "Apache") await Leaving.SeenLate(path, Connection.Http1);
        else await Leaving.SeenAtOnce(path, Connection.Http1);
    }
}
