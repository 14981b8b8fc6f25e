using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tokenfall.Cli;
using Tokenfall.Doctor.Tests.Paths;

namespace Tokenfall.Doctor.Tests.Diagnosing;

/// <summary>One thing that the doctor found.</summary>
/// <param name="Level">The place of the hop at fault, from the outside in.</param>
/// <param name="Products">What the doctor takes it for.</param>
/// <param name="Fixes">The lines to change.</param>
internal sealed record Found(string Id, int Level, IReadOnlyList<string> Products, IReadOnlyList<string> Fixes);

/// <summary>What <c>tokenfall doctor --json</c> says of a path.</summary>
/// <param name="ExitCode">0 when all is well, 1 when something is wrong.</param>
/// <param name="Findings">What is wrong; notes do not count.</param>
/// <param name="Text">All that it said, for a test that failed.</param>
internal sealed record DoctorAnswer(int ExitCode, IReadOnlyList<Found> Findings, string Text)
{
    // Longer than the cuts that are planted.
    private const string Watch = "5";

    /// <summary>Runs the command with the address of every hop.</summary>
    /// <param name="path">From the reader's side to the application.</param>
    /// <param name="tls">Whether the outermost hop is asked over TLS.</param>
    public static async Task<DoctorAnswer> AskAsync(HopPath path, bool tls)
    {
        var began = Stopwatch.GetTimestamp();
        using StringWriter output = new(), error = new();
        var url = $"{(tls ? path.Outermost.Https : path.Outermost.Http)}ask/stream";
        string[] inner = [.. path.Hops.Skip(1).SelectMany(hop => new[] { "--via", hop.Http.ToString() })];
        var exitCode = await CommandLine.RunAsync(["doctor", url, "--json", "--insecure", "--key", "any", "--watch", Watch, .. inner], output, error);
        var took = string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode} after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        using var document = JsonDocument.Parse(output.ToString());
        var findings = document.RootElement.TryGetProperty("findings", out var list) ? list.EnumerateArray().Select(Read).ToList() : [];
        return new(exitCode, findings, $"{took}\n{output}\n{error}");
    }

    private static Found Read(JsonElement finding) => new(
        finding.GetProperty("id").GetString()!,
        finding.GetProperty("level").GetInt32(),
        [.. finding.GetProperty("products").EnumerateArray().Select(product => product.GetString()!)],
        [.. finding.GetProperty("fixes").EnumerateArray().Select(fix => fix.GetProperty("line").GetString()!)]);
}
