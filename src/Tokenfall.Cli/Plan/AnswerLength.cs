namespace Tokenfall.Cli.Plan;

/// <summary>
/// How long answers are, in tokens: lognormal, as lengths of texts are, so that two percentiles describe them.
/// </summary>
/// <param name="P50">Half of the answers are not longer.</param>
/// <param name="P95">19 of 20 answers are not longer.</param>
internal sealed record AnswerLength(double P50, double P95)
{
    // The standard normal distribution's 95th percentile.
    private const double Z95 = 1.6448536269514722;

    /// <summary>Standard deviation of the length's logarithm.</summary>
    public double Sigma => Math.Log(P95 / P50) / Z95;

    /// <summary>The mean, which long answers pull above the median.</summary>
    public double Mean => P50 * Math.Exp(Sigma * Sigma / 2);
}
