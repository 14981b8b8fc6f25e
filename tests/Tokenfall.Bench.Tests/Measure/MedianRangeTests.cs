using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Tests.Measure;

public class MedianRangeTests
{
    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2, 1, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5, 1, 4)]
    [InlineData(new[] { 7.0 }, 7, 7, 7)]
    public void Of_Values_HasTheMiddleAndTheEnds(double[] values, double median, double lowest, double highest) =>
        Assert.Equal(new MedianRange(median, lowest, highest), MedianRange.Of(values));

    [Fact]
    public void Of_Nothing_Throws() => Assert.Throws<ArgumentException>(() => MedianRange.Of([]));
}
