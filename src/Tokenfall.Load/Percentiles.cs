namespace Tokenfall.Load;

/// <summary>The percentiles of a duration, in milliseconds.</summary>
/// <param name="Count">How many durations there are.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Max">The longest one.</param>
public sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max)
{
    internal static Percentiles Of(DurationHistogram histogram) => new(
        histogram.Count, Round(histogram.Percentile(0.5)), Round(histogram.Percentile(0.9)), Round(histogram.Percentile(0.99)),
        Round(histogram.Percentile(0.999)), Round(histogram.Max));

    private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
}
