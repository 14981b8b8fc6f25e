namespace Tokenfall.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("two  spaces \\n\\t\\\"quoted\\\" \\\\ \\/ \\b\\f\\r")]
    [InlineData("\\u00e9 and é, \\u4E1c and 京")]
    [InlineData("\\ud83d\\ude36\\u200D and 😶")]
    [InlineData("\\u2028 \\u0000 \\u003Cscript>")]
    public async Task Text_Escaped_IsLoggedAsItCame(string escaped)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text(escaped)));

        Assert.Equal(escaped, answer.Text);
        Assert.Equal(EventKind.Done, answer.End);
    }

    [Fact]
    public async Task Text_SurrogatePairCutBetweenDeltas_JoinsInTheLog()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text("a\\ud83d"), Wire.Text("\\ude00b")));

        Assert.Equal("a😀b", answer.Said);
        Assert.Equal(4, answer.Terminal.Chars);
    }

    [Theory]
    [InlineData("thinking_delta", "thinking", "\\ude00", "😀")]
    [InlineData("thinking_delta", "thinking", "", "\uFFFD")]
    [InlineData("text_delta", "text", "", "\uFFFD")]
    [InlineData("text_delta", "text", "\\ud83d\\ude00", "\uFFFD😀")]
    public async Task HalfASurrogatePair_AtTheEndOfADelta_WaitsForTheNext(string type, string member, string next, string said)
    {
        string Piece(string text) => Wire.Delta(0, $$"""{"type":"{{type}}","{{member}}":"{{text}}"}""");
        var answer = await Model.AnswerAsync(Wire.Whole(Piece("\\ud83d"), """{"type":"ping"}""", Piece(next)));

        Assert.Equal(said, JsonSerializer.Deserialize<string>($"\"{answer.Text}{answer.Thinking}\""));
        Assert.DoesNotContain(answer.Events, e => e.Payload == "\\ud83d");
    }

    [Theory]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t\ud83d","name":"n\ud83d","input":{"\ud83d":"\ud83d"}}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"title":"\ud83d","cited_text":"\ude00","file_id":"f"}}}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"hologram\ud83d","x":"\ud83d"}}""")]
    [InlineData("""{"type":"message_delta","delta":{"stop_sequence":"\ud83d"}}""")]
    public async Task HalfASurrogatePair_OutsideOfText_IsReplaced(string data)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text("a"), data));

        Assert.Equal((EventKind.Done, "a"), (answer.End, answer.Text));
        Assert.DoesNotContain(answer.Events, e => e.Payload.Contains("\\ud83d", StringComparison.OrdinalIgnoreCase));
    }

    // An encoder may write any character as an escape (RFC 8259, section 7).
    [Theory]
    [InlineData("""{"type":"content_block\u005fdelta","index":0,"delta":{"type":"text_delta","text":"a"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text\u005fdelta","text":"a"}}""")]
    [InlineData("""{"\u0074ype":"content_block_delta","index":0,"delta":{"t\u0079pe":"text_delta","te\u0078t":"a"}}""")]
    public async Task Text_UnderEscapedNames_IsRead(string data) =>
        Assert.Equal("a", (await Model.AnswerAsync(Wire.Whole(data))).Text);

    [Theory]
    [InlineData("""{"type":"text_delta","text":{"value":"a"}}""", "text_delta")]
    [InlineData("""{"type":"thinking_delta","thinking":["a"]}""", "thinking_delta")]
    [InlineData("""{"text":"a"}""", "untyped")]
    public async Task Delta_OfAnotherShape_IsKept(string delta, string type)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Delta(0, delta)));

        Assert.Equal((type, delta), (answer.Json(EventKind.Opaque)[0].GetProperty("type").GetString(), answer.Json(EventKind.Opaque)[0].GetProperty("value").GetRawText()));
    }

    [Fact]
    public async Task Text_InvalidUtf8_IsRepaired()
    {
        var stream = Wire.Whole(Wire.Text("a~b"));
        stream[stream.AsSpan().IndexOf((byte)'~')] = 0xFF;

        var answer = await Model.AnswerAsync(stream);

        Assert.Equal("a\uFFFDb", answer.Text);
    }

    [Fact]
    public async Task Text_MembersInAnotherOrder_IsRead()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            """{"delta":{"text":"late","extra":{"type":[1]},"type":"text_delta"},"x":[{"type":"ping"}],"index":0,"type":"content_block_delta"}"""));

        Assert.Equal("late", answer.Text);
    }

    [Fact]
    public async Task Text_AtTheStartOfItsBlock_IsRead()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, """{"type":"text","text":"\u00e9arly"}"""), Wire.Text("!")));

        Assert.Equal("\\u00e9arly!", answer.Text);
    }

    [Fact]
    public async Task Thinking_Escaped_IsLoggedAsThinking()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, """{"type":"thinking","thinking":"Hm"}"""),
            Wire.Delta(0, """{"type":"thinking_delta","thinking":"m\u2026"}"""),
            Wire.Text("Yes.")));

        Assert.Equal("Hmm\\u2026", answer.Thinking);
        Assert.Equal("Yes.", answer.Text);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"something_new","delta":{"type":"text_delta","text":"no"}}""")]
    [InlineData("""{"delta":{"type":"text_delta","text":"no type"}}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"new_delta","text":"no"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":null}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":null}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQ="}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"no"}}}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"no"}}""")]
    [InlineData("""{"type":"content_block_start","index":0}""")]
    [InlineData("""{"type":"content_block_delta","index":7,"delta":{"type":"input_json_delta","partial_json":"no"}}""")]
    [InlineData("""{"type":"content_block_stop","index":99}""")]
    [InlineData("[DONE]")]
    [InlineData("")]
    public async Task Event_WithNothingToShow_IsSkipped(string data)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Text("a"), data, Wire.Text("b")));

        Assert.Equal("ab", answer.Text);
        Assert.Equal("", answer.Thinking);
        Assert.Equal("end_turn", answer.StopReason);
    }

    [Fact]
    public async Task Event_NamedOtherwiseThanItsType_IsReadByItsType()
    {
        var answer = await Model.AnswerAsync(Encoding.UTF8.GetBytes(
            $"event: error\ndata: {Wire.Text("ok")}\n\nevent: message_stop\ndata: {Wire.Text("!")}\n\ndata: {Wire.Stop}\n\n"));

        Assert.Equal("ok!", answer.Text);
        Assert.Equal(EventKind.Done, answer.End);
    }
}
