namespace Tokenfall.Tests;

/// <summary>The message around the blocks: its start, and what it says of its end.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task MessageStart_NamesTheModelThatAnswers()
    {
        var answer = await Model.AnswerAsync(Wire.Stream("""{"type":"message_start","message":{"model":"claude-x-20300101"}}""", Wire.Text("a"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal("claude-x-20300101", answer.Terminal.Model);
    }

    [Fact]
    public async Task MessageStart_OfAWholeMessage_IsTheAnswer()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            """{"type":"message_start","message":{"id":"m","content":[{"type":"text","text":"Hi"},{"type":"tool_use","id":"t","name":"roll","input":{"n":1}}],"stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":4}}}""",
            Wire.Stop));

        Assert.Equal(("Hi", "tool_use"), (answer.Text, answer.StopReason));
        Assert.Equal("""{"n":1}""", Tool.Of(Assert.Single(answer.Tools)).Input.GetRawText());
        Assert.Equal((3L, 4L, UsageQuality.Measured), (answer.InputTokens, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Fact]
    public async Task MessageStart_OfAnotherMessage_BreaksTheAnswerOff()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Start("a"), Wire.Text("Hello wor"), Start("b"), Wire.Text("Hello world"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal(("upstream_unavailable", true), (answer.Code, answer.Fault.Retryable));
        Assert.Equal("Hello wor", answer.Text);
    }

    [Fact]
    public async Task MessageStart_Repeated_IsIgnored()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Start("a"), Start("a"), Wire.Text("Hi"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal(("Hi", "end_turn"), (answer.Text, answer.StopReason));
    }

    [Fact]
    public async Task MessageStart_WithoutAnId_AfterContent_BreaksTheAnswerOff()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Start, Wire.Text("Hello wor"), Wire.Start, Wire.Text("Hello world"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal(("upstream_unavailable", "Hello wor"), (answer.Code, answer.Text));
    }

    [Theory]
    [InlineData("a", "null")]
    [InlineData("null", "a")]
    public async Task MessageStart_WithAnIdWhereTheOtherHasNone_BreaksTheAnswerOff(string first, string second)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Start(first), Wire.Text("Hello wor"), Start(second), Wire.Text("Hello world"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal("Hello wor", answer.Text);
    }

    [Fact]
    public async Task MessageStart_WithTextInsteadOfBlocks_IsTheAnswer()
    {
        var answer = await Model.AnswerAsync(Wire.Stream("""{"type":"message_start","message":{"content":"H\u00ed","stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":4}}}""", Wire.Stop));

        Assert.Equal(("Hí", "end_turn", UsageQuality.Measured), (answer.Said, answer.StopReason, answer.Terminal.Quality));
    }

    [Fact]
    public async Task MessageStop_WithTheUsage_IsMeasured()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", """{"type":"message_stop","usage":{"output_tokens":4}}"""));

        Assert.Equal((25L, 4L, UsageQuality.Measured), (answer.InputTokens, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Theory]
    [InlineData("""{"stop_reason":"stop_sequence","stop_sequence":"###"}""", """{"stop_sequence":"###"}""")]
    [InlineData("""{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"No.","fallback_credit_token":"tok"}}""", """{"category":"cyber","explanation":"No."}""")]
    public async Task MessageDelta_WithDetailsOfTheStop_TellsReaders(string delta, string details)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, $$"""{"type":"message_delta","delta":{{delta}} }""", Wire.Stop));

        Assert.Equal($$"""{"name":"stop_details","value":{{details}}}""", Assert.Single(answer.Payloads(EventKind.Data)));
    }

    [Fact]
    public async Task MessageDelta_WithNothingToSayOfTheStop_TellsNothing()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, """{"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null,"stop_details":{"type":"refusal","category":null}}}""", Wire.Stop));

        Assert.Empty(answer.Payloads(EventKind.Data));
        Assert.Equal("refusal", answer.StopReason);
    }

    [Theory]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":"end_turn","mood":"good"}}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"context_management":{"applied_edits":[]}}""")]
    public async Task MessageDelta_WithMoreThanIsKnown_IsKeptForTheProvider(string delta)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, delta, Wire.Stop));

        Assert.Equal(delta, Assert.Single(answer.Json(EventKind.Opaque)).GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Container_OfTheMessage_IsKeptForTheProvider()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, """{"type":"message_delta","delta":{"stop_reason":"end_turn","container":{"id":"c"}}}""", Wire.Stop));

        Assert.Contains("\"type\":\"container\",\"value\":{\"id\":\"c\"}", Assert.Single(answer.Payloads(EventKind.Opaque)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopReason_ThatIsNoWord_FitsALogLine()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Ended("end\\nturn\\u001b" + new string('x', 500), 1), Wire.Stop));

        Assert.StartsWith("end\uFFFDturn\uFFFDx", answer.StopReason, StringComparison.Ordinal);
        Assert.Equal(100, answer.StopReason!.Length);
    }

    [Fact]
    public async Task Name_WithHalfASurrogatePair_IsOneThatIsNotKnown()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            Wire.Start, """{"\udc00":1,"type":"content_block_delta","index":0,"delta":{"a\ud800":2,"\u0074ype":"text_delta","text":"Hello"}}""", Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal("Hello", answer.Text);
    }

    private static string Start(string id) => id == "null" ? Wire.Start : $$"""{"type":"message_start","message":{"id":"{{id}}"} }""";
}
