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
    public async Task Usage_CacheFiguresOfTheStart_StayWithALaterInput()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            """{"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":100,"output_tokens":1}}}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":6,"output_tokens":9}}""",
            Wire.Stop));

        Assert.Equal(106, answer.InputTokens);
    }
}
