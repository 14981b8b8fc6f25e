using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tokenfall.Tests;

namespace Tokenfall.Bench.Compare;

/// <summary>Describes the cores and versions of a measurement, and nothing that identifies a machine.</summary>
internal static class Versions
{
    public static async Task<string> DescribeAsync()
    {
        var cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{cores} cores, one for the contender and one for the model and the readers; ")
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, nginx {await NginxAsync()}, Node {await Tool.OutputAsync("node", "--version")}, "
            + $"Anthropic {Central("Anthropic")}, {Locked("node-anthropic", "@anthropic-ai/sdk")}, {Locked("node-ai", "ai")}, {Locked("node-ai", "@ai-sdk/anthropic")}.";
    }

    // "nginx version: nginx/1.22.1", on standard error
    private static async Task<string> NginxAsync() => (await Tool.OutputAsync("nginx", "-v")).Split('/')[^1];

    private static string Central(string package)
    {
        var start = $"<PackageVersion Include=\"{package}\" Version=\"";
        var line = File.ReadLines(Repository.PathOf("Directory.Packages.props")).Single(line => line.Contains(start, StringComparison.Ordinal));
        return line.Split('"')[3];
    }

    private static string Locked(string rival, string package)
    {
        using var lockFile = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"bench/rivals/{rival}/package-lock.json")));
        return $"{package} {lockFile.RootElement.GetProperty("packages").GetProperty($"node_modules/{package}").GetProperty("version").GetString()}";
    }
}
