namespace Tokenfall.Cli.Plan;

/// <summary>
/// The Poisson distribution. When requests come independently of each other, the number of answers in progress has it, whatever the
/// distribution of their lengths (the M/G/∞ queue), with the mean of Little's law: arrival rate times mean duration.
/// </summary>
internal static class Poisson
{
    // Terms smaller than this beside the largest one change nothing in a double.
    private const double Negligible = 1e-20;

    /// <summary>The smallest number that is not exceeded with this probability.</summary>
    /// <param name="mean">0 or more.</param>
    /// <param name="probability">From 0 to 1, both excluded.</param>
    public static int Quantile(double mean, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        if (mean == 0) return 0;
        // Sums from the most likely number outwards, so that nothing underflows, and relative to it, so that no factorial is needed.
        var mode = (int)mean;
        double below = 0, above = 0;
        var lowest = mode;
        for (double term = 1; lowest > 0 && term > Negligible; lowest--) below += term *= lowest / mean;
        var highest = mode;
        for (double term = 1; term > Negligible; highest++) above += term *= mean / (highest + 1);

        var wanted = probability * (below + 1 + above);
        return wanted > below ? Upwards(mode, mean, wanted - below) : Downwards(mode, mean, below - wanted);
    }

    private static int Upwards(int mode, double mean, double wanted)
    {
        var number = mode;
        for (double term = 1, sum = 1; sum < wanted; sum += term) term *= mean / ++number;
        return number;
    }

    // Subtracts terms as long as the rest still reaches the wanted sum.
    private static int Downwards(int mode, double mean, double spare)
    {
        var number = mode - 1;
        for (double term = mode / mean, off = term; number > 0 && off <= spare; off += term)
        {
            term *= number / mean;
            number--;
        }
        return number;
    }
}
