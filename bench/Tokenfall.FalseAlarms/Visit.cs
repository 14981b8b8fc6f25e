using System.Diagnostics;
using System.Text.Json;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Tests;

namespace Tokenfall.FalseAlarms;

/// <summary>One visit of the doctor to a healthy path.</summary>
/// <param name="Duration">The duration of the whole command.</param>
/// <param name="Alarms">Its findings, with their evidence: each is a false alarm.</param>
internal sealed record Visit(TimeSpan Duration, IReadOnlyList<string> Alarms)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs <c>tokenfall doctor</c> with every hop's address, over TLS or without.</summary>
    public static async Task<Visit> MakeAsync(HopPath path, bool tls)
    {
        var began = Stopwatch.GetTimestamp();
        string[] inner = [.. path.Hops.Skip(1).SelectMany(hop => new[] { "--via", hop.Http.ToString() })];
        using var doctor = Process.Start(new ProcessStartInfo("dotnet",
            [Program(), "doctor", $"{(tls ? path.Outermost.Https : path.Outermost.Http)}ask/stream", "--json", "--insecure", .. inner])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (doctor.StandardOutput.ReadToEndAsync(), doctor.StandardError.ReadToEndAsync());
        await doctor.WaitForExitAsync().WaitAsync(Timeout);
        var duration = Stopwatch.GetElapsedTime(began);
        if ((await output).Length == 0) return new(duration, [$"no answer, exit code {doctor.ExitCode}: {await error}"]);
        using var document = JsonDocument.Parse(await output);
        return document.RootElement.TryGetProperty("findings", out var findings)
            ? new(duration, [.. findings.EnumerateArray().Select(Describe)])
            : new(duration, [await output]);
    }

    private static string Describe(JsonElement finding) =>
        $"{finding.GetProperty("id")} at {finding.GetProperty("hop")}: {string.Join("; ", finding.GetProperty("evidence").EnumerateArray())}";

    /// <summary>The tool of the same build as this program: bin/Release/net10.0 or bin/Debug/net10.0.</summary>
    private static string Program()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf($"src/Tokenfall.Cli/bin/{build.Parent!.Name}/{build.Name}/Tokenfall.Cli.dll");
    }
}
