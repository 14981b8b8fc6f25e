namespace Tokenfall.Tests;

public class RunUsageTests
{
    private readonly RunWriter _writer = new(new RunLog(new ManualTimeProvider()), new ManualTimeProvider());

    [Fact]
    public void FinishedWithFigures_IsMeasured()
    {
        _writer.Delta("Hello");
        _writer.Usage(12, 39);
        _writer.Complete("end_turn");

        Assert.Equal(new RunUsage(12, 39, "measured"), Usage());
    }

    [Fact]
    public void FinishedWithoutFigures_IsUnknown()
    {
        _writer.Delta("Hello");
        _writer.Complete("end_turn");

        Assert.Equal(new RunUsage(null, null, "unknown"), Usage());
    }

    [Fact]
    public void BrokenOffBeforeAnything_IsUnknown() => Assert.Equal(new RunUsage(null, null, "unknown"), Usage());

    [Fact]
    public void BrokenOffBeforeContent_HasTheInputThatTheProviderCounted()
    {
        _writer.Usage(12, 1);

        Assert.Equal(new RunUsage(12, 1, "estimated"), Usage());
    }

    // "Hello" is asked: 5 / 4 + 1.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(400, 100)]
    public void BrokenOffInTheText_IsEstimatedFromItsLength(int said, int tokens)
    {
        _writer.Delta(new string('a', said));

        Assert.Equal(new RunUsage(2, tokens, "estimated"), Usage());
    }

    [Fact]
    public void BrokenOffInTheReasoning_CountsIt()
    {
        _writer.Thinking("12345678");
        _writer.Delta("1234");

        Assert.Equal(3, Usage().OutputTokens);
    }

    [Fact]
    public void BrokenOff_WithALargerFigureOfTheProviders_TakesThat()
    {
        _writer.Delta("Hello");
        _writer.Usage(12, 50);

        Assert.Equal(new RunUsage(12, 50, "estimated"), Usage());
    }

    [Fact]
    public void BrokenOff_WithASmallerFigureOfTheProviders_TakesTheLength()
    {
        _writer.Usage(12, 1);
        _writer.Delta(new string('a', 40));

        Assert.Equal(new RunUsage(12, 10, "estimated"), Usage());
    }

    [Fact]
    public void BrokenOff_WithoutMessages_HasNoInputToEstimate()
    {
        _writer.Delta("a");

        Assert.Equal(new RunUsage(null, 1, "estimated"), RunUsage.Of(_writer, RunUsage.Estimate(new ModelRequest([], 10)), RunStatus.Failed));
    }

    [Fact]
    public async Task StoppedRun_SaysHowWellItsUsageIsKnown()
    {
        var source = new HeldSource();
        var run = TestRuns.Manager().Start(source);
        await source.Started;
        run.Stop();
        await run.EndedInTime();

        Assert.Equal("""{"input_tokens":2,"output_tokens":2,"stop_reason":"stopped","chars":5,"usage":"estimated"}""", run.Log.Frames()[^1].Text());
    }

    // An application's list may change, or throw, while the run reads it: the run must end all the same.
    [Fact]
    public async Task Request_ThatCannotBeMeasured_StillEndsTheRun()
    {
        var manager = TestRuns.Manager();
        var request = new ModelRequest([new ModelMessage(ModelRole.User, null!)], 10);
        var run = manager.Start(new RunRequest(new CallbackSource(writer => writer.Delta("a")), request, "ann"));

        await run.EndedInTime();

        Assert.Equal(EventKind.Error, run.Log.Frames()[^1].Kind);
        Assert.Equal(0, manager.Count);
    }

    // The provider may have read the question before it was told to stop.
    [Fact]
    public void Stopped_BeforeAnything_IsEstimated() =>
        Assert.Equal(new RunUsage(2, 0, "estimated"), RunUsage.Of(_writer, RunUsage.Estimate(TestRuns.Request), RunStatus.Stopped));

    private RunUsage Usage() => RunUsage.Of(_writer, RunUsage.Estimate(TestRuns.Request), RunStatus.Failed);
}
