using System.Globalization;

namespace Tokenfall.Attacks.Measure;

/// <summary>What an attack did to a server.</summary>
/// <param name="Problems">What was wrong with the honest streams that were broken.</param>
/// <param name="Memory">The most resident memory beyond that of the quiet server, in bytes.</param>
/// <param name="Quiet">The 99th percentile of a token's age before the attack, in milliseconds.</param>
/// <param name="Median">The median under attack.</param>
/// <param name="Slowest">The 99th percentile under attack.</param>
/// <param name="Outcomes">What the attacker got.</param>
internal sealed record Attacked(IReadOnlyList<string> Problems, long Memory, double Quiet, double Median, double Slowest, string Outcomes)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Problems.Count} broken, +{Memory >> 20} MiB, p99 {Slowest:F1} ms (quiet {Quiet:F1}), p50 {Median:F2} ms; {Outcomes}; {string.Join("; ", Problems.Take(3))}");
}
