namespace Tokenfall.Load.Tests.Measure;

public class DurationHistogramTests
{
    [Fact]
    public void Percentile_OfOneToHundred_IsTheRankToThreeDigits()
    {
        var histogram = Filled(1, 100);

        Assert.Equal(50, histogram.Percentile(0.5), 0.05);
        Assert.Equal(99, histogram.Percentile(0.99), 0.1);
        Assert.Equal(100, histogram.Max, 0.1);
        Assert.Equal(100, histogram.Count);
    }

    [Fact]
    public void Percentile_OfNothing_IsZero()
    {
        var histogram = new DurationHistogram();

        Assert.Equal((0, 0, 0), (histogram.Percentile(0.99), histogram.Max, histogram.Count));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2 * 3600, 3600_000)]
    public void Record_DurationOutOfRange_CountsAsTheNearestBound(double seconds, double milliseconds)
    {
        var histogram = new DurationHistogram();

        histogram.Record(TimeSpan.FromSeconds(seconds));

        Assert.Equal(milliseconds, histogram.Max, milliseconds / 100);
    }

    [Fact]
    public void Since_AnEarlierCopy_HasOnlyWhatCameLater()
    {
        var histogram = Filled(1, 50);
        var earlier = histogram.Copy();
        for (var i = 0; i < 30; i++) histogram.Record(TimeSpan.FromMilliseconds(40 + i));

        var later = histogram.Copy().Since(earlier);

        Assert.Equal(30, later.Count);
        Assert.Equal(54, later.Percentile(0.5), 0.1);
    }

    [Fact]
    public void Record_ManyDurations_AllocatesNothing()
    {
        var histogram = Filled(1, 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) histogram.Record(0, i * 1000L);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static DurationHistogram Filled(int from, int to)
    {
        var histogram = new DurationHistogram();
        for (var i = from; i <= to; i++) histogram.Record(TimeSpan.FromMilliseconds(i));
        return histogram;
    }
}
