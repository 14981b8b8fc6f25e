namespace Tokenfall.Bench.Measure;

/// <summary>A figure over several rounds.</summary>
/// <param name="Median">The middle one; of an even number the mean of the two in the middle.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
internal readonly record struct MedianRange(double Median, double Lowest, double Highest)
{
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static MedianRange Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("There must be at least one value.", nameof(values));
        return new MedianRange((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }
}
