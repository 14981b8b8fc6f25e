using CsCheck;
using Tokenfall.Cli.Plan;

namespace Tokenfall.Cli.Tests.Plan;

public class PoissonTests
{
    // From tables of the cumulative Poisson distribution: P(N <= 3) = 0.857 and P(N <= 4) = 0.947 for a mean of 2.
    [Theory]
    [InlineData(2, 0.85, 3)]
    [InlineData(2, 0.86, 4)]
    [InlineData(2, 0.94, 4)]
    [InlineData(2, 0.95, 5)]
    [InlineData(2, 0.1, 0)] // P(N <= 0) = 0.135
    [InlineData(10, 0.5, 10)] // P(N <= 9) = 0.458, P(N <= 10) = 0.583
    [InlineData(10, 0.99, 18)] // P(N <= 17) = 0.986, P(N <= 18) = 0.993
    [InlineData(0, 0.999, 0)]
    public void Quantile_IsThatOfTheTables(double mean, double probability, int expected) =>
        Assert.Equal(expected, Poisson.Quantile(mean, probability));

    [Fact]
    public void Quantile_OfAnyMean_IsTheSmallestNumberThatReachesTheSummedProbability() =>
        Gen.Select(Gen.Double[0, Math.Log(700)], Gen.Double[0.001, 0.9995]).Sample((logarithm, probability) =>
        {
            var mean = Math.Exp(logarithm) - 0.5;
            var number = Poisson.Quantile(mean, probability);

            Assert.True(Sum(mean, number) >= probability - 1e-12, $"P(N <= {number}) < {probability} for the mean {mean}");
            Assert.True(number == 0 || Sum(mean, number - 1) < probability + 1e-12, $"{number - 1} is enough for {probability} and the mean {mean}");
        }, iter: 2000);

    // Far above where e^-mean is 0 in a double; the normal distribution is near enough to say where it must be.
    [Theory]
    [InlineData(1e4)]
    [InlineData(1e6)]
    public void Quantile_OfAHugeMean_IsNearThatOfTheNormalDistribution(double mean) =>
        Assert.InRange(Poisson.Quantile(mean, 0.999), mean + 3.09 * Math.Sqrt(mean) - 3, mean + 3.09 * Math.Sqrt(mean) + 4);

    private static double Sum(double mean, int number)
    {
        double term = Math.Exp(-mean), sum = term;
        for (var i = 1; i <= number; i++) sum += term *= mean / i;
        return sum;
    }
}
