namespace Tokenfall.Doctor.Tests.Paths;

/// <summary>Each shipped configuration alone, and none.</summary>
internal static class HealthyPaths
{
    public static IReadOnlyDictionary<string, HopStart[]> All { get; } = new Dictionary<string, HopStart[]>
    {
        ["Kestrel alone"] = [],
        ["nginx"] = [Hops.Nginx()],
        ["HAProxy"] = [Hops.HAProxy()],
        ["Caddy"] = [Hops.Caddy()],
        ["Apache"] = [Hops.Apache()],
    };
}
