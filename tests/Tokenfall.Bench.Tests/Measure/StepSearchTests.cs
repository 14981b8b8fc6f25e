using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Tests.Measure;

public class StepSearchTests
{
    [Theory]
    [InlineData(8, 4)]
    [InlineData(0, 1)]
    [InlineData(31, 1)]
    public async Task HighestAsync_AnyBoundAndStart_FindsTheLastThatHolds(int first, int stride)
    {
        for (var bound = -1; bound < 32; bound++)
        {
            var limit = bound;

            var found = await StepSearch.HighestAsync(32, first, stride, step => Task.FromResult(step <= limit));

            Assert.Equal(bound, found);
        }
    }

    [Fact]
    public async Task HighestAsync_GoodGuess_TriesItAndTheNextOnly()
    {
        var attempt = new List<int>();

        await StepSearch.HighestAsync(32, 10, 1, step =>
        {
            attempt.Add(step);
            return Task.FromResult(step <= 10);
        });

        Assert.Equal([10, 11], attempt);
    }
}
