namespace Tokenfall.Tests;

public class UsageEstimateTests
{
    private readonly RunWriter _writer = new(new RunLog(new FakeTimeProvider()), new FakeTimeProvider());

    [Fact]
    public void FinishedWithFigures_IsMeasured()
    {
        _writer.Text("Hello");
        _writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 39 });
        _writer.Complete("end_turn");

        Assert.Equal(Expected(12, 39, UsageQuality.Measured), Usage());
    }

    [Fact]
    public void FinishedWithoutFigures_IsUnknown()
    {
        _writer.Text("Hello");
        _writer.Complete("end_turn");

        Assert.Equal(Expected(null, null, UsageQuality.Unknown), Usage());
    }

    [Fact]
    public void BrokenOffBeforeAnything_IsUnknown() => Assert.Equal(Expected(null, null, UsageQuality.Unknown), Usage());

    [Fact]
    public void BrokenOffBeforeContent_HasTheInputThatTheProviderCounted()
    {
        _writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 1 });

        Assert.Equal(Expected(12, 1, UsageQuality.Estimated), Usage());
    }

    // "Hello" is asked: 5 / 4 + 1.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(400, 100)]
    public void BrokenOffInTheText_IsEstimatedFromItsLength(int said, int tokens)
    {
        _writer.Text(new string('a', said));

        Assert.Equal(Expected(2, tokens, UsageQuality.Estimated), Usage());
    }

    [Fact]
    public void BrokenOffInTheReasoning_CountsIt()
    {
        _writer.Reasoning("12345678");
        _writer.Text("1234");

        Assert.Equal(3, Usage().Usage.OutputTokens);
    }

    [Fact]
    public void BrokenOff_WithALargerFigureOfTheProviders_TakesThat()
    {
        _writer.Text("Hello");
        _writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 50 });

        Assert.Equal(Expected(12, 50, UsageQuality.Estimated), Usage());
    }

    [Fact]
    public void BrokenOff_WithASmallerFigureOfTheProviders_TakesTheLength()
    {
        _writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 1 });
        _writer.Text(new string('a', 40));

        Assert.Equal(Expected(12, 10, UsageQuality.Estimated), Usage());
    }

    [Fact]
    public void BrokenOff_WithoutMessages_HasNoInputToEstimate()
    {
        _writer.Text("a");

        Assert.Equal(Expected(null, 1, UsageQuality.Estimated), UsageEstimate.Of(_writer, UsageEstimate.OfInput(new ModelRequest([], new ChatOptions())), RunStatus.Failed));
    }

    [Fact]
    public async Task StoppedRun_SaysHowWellItsUsageIsKnown()
    {
        var source = new HeldSource();
        var run = TestRuns.Manager().Start(source);
        await source.Started;
        run.Stop();
        await run.EndedInTime();

        var end = run.Terminal();
        Assert.Equal((2, 2, "stopped", 5, UsageQuality.Estimated), (end.Usage.TotalInputTokens, end.Usage.TotalOutputTokens, end.StopReason, end.Chars, end.Quality));
    }

    // The provider may have read the question before it was told to stop.
    [Fact]
    public void Stopped_BeforeAnything_IsEstimated() =>
        Assert.Equal(Expected(2, 0, UsageQuality.Estimated), UsageEstimate.Of(_writer, UsageEstimate.OfInput(TestRuns.Request), RunStatus.Stopped));

    private (TokenUsage Usage, UsageQuality Quality) Usage() => UsageEstimate.Of(_writer, UsageEstimate.OfInput(TestRuns.Request), RunStatus.Failed);

    private static (TokenUsage Usage, UsageQuality Quality) Expected(long? input, long? output, UsageQuality quality) =>
        (new TokenUsage { UncachedInputTokens = input, OutputTokens = output }, quality);
}
