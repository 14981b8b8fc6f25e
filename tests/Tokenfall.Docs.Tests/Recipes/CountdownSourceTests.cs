using Snippets.Recipes.Models;
using Tokenfall.Testing;

namespace Tokenfall.Docs.Tests.Recipes;

// snippet: own-source-test
public class CountdownSourceTests
{
    [Fact]
    public async Task Countdown_Number_CountsDownToOne()
    {
        var run = await RecordedRun.OfAsync(new CountdownSource(TimeProvider.System), "3");

        Assert.Equal("3 2 1 ", run.Text);
        Assert.Equal(RunStatus.Done, run.End.Status);
        Assert.Equal(3, run.End.Usage.OutputTokens);
    }

    [Fact]
    public async Task Countdown_NoNumber_Fails()
    {
        var run = await RecordedRun.OfAsync(new CountdownSource(TimeProvider.System), "three");

        Assert.Equal(ErrorCode.InvalidRequest, run.End.Error?.Code);
    }
}
// end snippet
