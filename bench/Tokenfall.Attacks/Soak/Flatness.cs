using System.Globalization;

namespace Tokenfall.Attacks.Soak;

/// <summary>
/// Decides whether a figure of the server was flat: whether the lowest of the last third of its samples is as the lowest of the middle third. The first
/// third is warm-up, and what is above the lowest is load, which comes and goes.
/// </summary>
internal static class Flatness
{
    // Beside a share of the figure: what the collector, the pools and the load itself make of a few megabytes, files or threads.
    private const double Share = 0.15;

    /// <summary>Lists the figures that grew.</summary>
    public static IReadOnlyList<string> Growing(IReadOnlyList<SoakSample> samples) =>
    [
        .. Growth("memory", "MB", 32, samples, sample => sample.Memory / 1e6),
        .. Growth("descriptors", "", 60, samples, sample => sample.Descriptors),
        .. Growth("threads", "", 8, samples, sample => sample.Threads),
        .. Growth("live runs", "", 16, samples, sample => sample.Runs),
        .. Growth("leases", "", 16, samples, sample => sample.Leases),
    ];

    private static IEnumerable<string> Growth(string name, string unit, double slack, IReadOnlyList<SoakSample> samples, Func<SoakSample, double> figure)
    {
        var third = samples.Count / 3;
        if (third == 0) yield break;
        var (before, after) = (samples.Skip(third).Take(third).Min(figure), samples.TakeLast(third).Min(figure));
        if (after > before * (1 + Share) + slack) yield return string.Create(CultureInfo.InvariantCulture, $"{name} grew from {before:F0} {unit} to {after:F0} {unit}");
    }
}
