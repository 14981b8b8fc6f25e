using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Tests;

public class HistogramTests
{
    [Fact]
    public void Percentile_OfOneToHundred_IsTheRank()
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 100; i++) histogram.Record(TimeSpan.FromMilliseconds(i));

        Assert.Equal(50, histogram.Percentile(0.5), 0.02);
        Assert.Equal(99, histogram.Percentile(0.99), 0.02);
        Assert.Equal(100, histogram.MaxMs);
    }

    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(0, new Histogram().Percentile(0.99));
}
