using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>The shipped configurations pass everything on as it comes, for every client and protocol; by the same measures that show the faults.</summary>
[Trait("Needs", "proxies")]
public class HealthyTests
{
    private static readonly SideBySide<bool> Paths = new(HealthyPaths.All.ToDictionary(path => path.Key, path => Checks(path.Key, path.Value)), atOnce: 5);

    public static TheoryData<string> Names => [.. HealthyPaths.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task ShippedConfiguration_EveryConnection_ShowsNoFault(string name) => Paths.Of(name);

    private static Func<Task<bool>> Checks(string name, HopStart[] hops) => async () =>
    {
        await using var path = await HopPath.StartAsync(OriginHeaders.All, hops);
        foreach (var connection in Enum.GetValues<Connection>())
        {
            foreach (var encoding in (string[])["identity", "gzip", "br"])
                await Arriving.AtOnce(path, connection, encoding);
        }

        // Apache looks at its reader only when it writes to it.
        var leaving = name == "Apache" ? Leaving.SeenInTheEnd(path, Connection.Http1) : Leaving.SeenAtOnce(path, Connection.Http1);
        await Task.WhenAll(leaving, Cutting.Never(path, Connection.Http1));
        return true;
    };
}
