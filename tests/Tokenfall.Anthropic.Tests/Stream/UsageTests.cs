namespace Tokenfall.Tests;

public sealed class UsageTests
{
    [Fact]
    public async Task Usage_OfACompleteAnswer_IsTheLastOne()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Text("a"), """{"type":"message_delta","delta":{},"usage":{"output_tokens":3}}"""));

        Assert.Equal((25, 7), (answer.InputTokens, answer.OutputTokens));
    }

    [Fact]
    public async Task Usage_OfAnAnswerThatBreaksOff_IsNotTheStartsPlaceholder()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Error("overloaded_error", "Overloaded")));

        Assert.Equal(25, answer.InputTokens);
        Assert.Equal(UsageQuality.Estimated, answer.Terminal.Quality);
    }

    [Theory]
    [InlineData("""{"input_tokens":40,"output_tokens":9}""", 40)]
    [InlineData("""{"input_tokens":null,"output_tokens":9}""", 25)]
    [InlineData("""{"input_tokens":1,"cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":9}""", 321)]
    public async Task Usage_WithInput_ReplacesTheStarts(string usage, int input)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            Wire.Start, $$"""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{{usage}} }""", Wire.Stop));

        Assert.Equal((input, 9), (answer.InputTokens, answer.OutputTokens));
    }

    [Fact]
    public async Task Usage_OfCacheAndThinking_ComesInDisjointBuckets()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start,
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":1,"cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":106,"output_tokens_details":{"thinking_tokens":67}}}""",
            Wire.Stop));

        var expected = new TokenUsage { UncachedInputTokens = 1, CacheWriteTokens = 20, CacheReadTokens = 300, OutputTokens = 39, ReasoningTokens = 67 };
        Assert.Equal((expected, UsageQuality.Measured), (answer.Terminal.Usage, answer.Terminal.Quality));
    }

    [Fact]
    public async Task Usage_OutputThatGrowsAfterItsDetails_KeepsTheThinkingApart()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start,
            """{"type":"message_delta","delta":{},"usage":{"output_tokens":100,"output_tokens_details":{"thinking_tokens":60}}}""",
            Wire.Ended("end_turn", 150), Wire.Stop));

        Assert.Equal((90L, 60L), (answer.Terminal.Usage.OutputTokens, answer.Terminal.Usage.ReasoningTokens));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e30")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    [InlineData("\"7\"")]
    public async Task Usage_ThatNoModelHas_IsUnknown(string figure)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start,
            $$"""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":{{figure}},"cache_read_input_tokens":{{figure}} } }""", Wire.Stop));

        Assert.Equal((25, null, UsageQuality.Unknown), (answer.InputTokens, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Fact]
    public async Task Usage_OfMoreThinkingThanOutput_IsTheOutputAlone()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start,
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5,"output_tokens_details":{"thinking_tokens":6}}}""", Wire.Stop));

        Assert.Equal((5L, null), (answer.Terminal.Usage.OutputTokens, answer.Terminal.Usage.ReasoningTokens));
    }

    [Fact]
    public async Task Usage_CacheFiguresOfTheStart_StayWithALaterInput()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            """{"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":100,"output_tokens":1}}}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":6,"output_tokens":9}}""",
            Wire.Stop));

        Assert.Equal(106, answer.InputTokens);
    }

    [Theory]
    [InlineData("""{"input_tokens":-5,"output_tokens":7}""")]
    [InlineData("""{"output_tokens":7,"cache_creation_input_tokens":9223372036854775807}""")]
    [InlineData("""{"output_tokens":7,"output_tokens_details":{"thinking_tokens":-1}}""")]
    [InlineData("""{"output_tokens":2147483648}""")]
    public async Task Usage_WithOneFigureThatNoModelHas_IsNotMeasured(string usage)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, $$"""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{{usage}} }""", Wire.Stop));

        Assert.Equal(UsageQuality.Unknown, answer.Terminal.Quality);
        Assert.InRange(answer.OutputTokens ?? 0, 0, 7);
        Assert.Equal(25, answer.InputTokens);
    }

    [Fact]
    public async Task Usage_GivenWithTheStopReason_StandsWhenTheStreamBreaksThen()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text(new string('a', 400)), Wire.Ended("end_turn", 7)));

        Assert.Equal(("truncated", 7L, UsageQuality.Measured), (answer.Code, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Fact]
    public async Task Usage_GivenBeforeMoreText_DoesNotStand()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Ended("end_turn", 7), Wire.Text(new string('a', 400))));

        Assert.Equal((100L, UsageQuality.Estimated), (answer.OutputTokens, answer.Terminal.Quality));
    }

    // How a provider spells a character is no token.
    [Theory]
    [InlineData("東", 3)]
    [InlineData("\\u6771", 3)]
    [InlineData("\\u00e9\\n", 3)]
    [InlineData("\\ud83d\\ude00", 4)]
    public async Task Estimate_OfEscapedText_IsThatOfItsCharacters(string escaped, int bytes)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text(string.Concat(Enumerable.Repeat(escaped, 100)))));

        Assert.Equal(bytes * 100 / 4, answer.OutputTokens);
    }

    [Theory]
    [InlineData("""{"type":"web_search_tool_result","tool_use_id":"t","content":[{"type":"web_search_result","title":"PAGE","url":"https://a.example"}]}""")]
    [InlineData("""{"type":"new_block","payload":"PAGE"}""")]
    [InlineData("""{"type":"redacted_thinking","data":"PAGE"}""")]
    public async Task Estimate_OfWhatTheModelDidNotSay_IsNothing(string block)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Block(0, block.Replace("PAGE", new string('x', 5000), StringComparison.Ordinal)), Wire.EndBlock(0), Wire.Text("four")));

        Assert.Equal((1L, UsageQuality.Estimated), (answer.OutputTokens, answer.Terminal.Quality));
    }
}
