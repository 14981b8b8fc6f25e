using System.Diagnostics;

namespace Tokenfall.Bench.Serve;

/// <summary>Environment variables of a developer that would change what a benchmark measures.</summary>
internal static class DeveloperSettings
{
    private static readonly string[] Prefixes = ["ASPNETCORE_", "ANTHROPIC_", "TOKENFALL", "DOTNET_URLS", "DOTNET_gc", "DOTNET_Tiered", "NODE_OPTIONS"];

    /// <summary>Removes them from the environment of a process.</summary>
    public static void RemoveFrom(ProcessStartInfo command)
    {
        foreach (var name in command.Environment.Keys.Where(IsOne).ToList()) command.Environment.Remove(name);
    }

    private static bool IsOne(string name) => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
