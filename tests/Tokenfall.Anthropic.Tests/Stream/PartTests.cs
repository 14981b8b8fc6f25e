namespace Tokenfall.Tests;

/// <summary>What content blocks become.</summary>
public sealed class PartTests
{
    private const string TextBlock = """{"type":"text","text":""}""";

    [Fact]
    public async Task TextBlocks_FollowingEachOther_AreTwoParts()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, TextBlock), Wire.Text("a"), Wire.Text("b"), Wire.EndBlock(0), Wire.Block(1, TextBlock), Wire.Delta(1, """{"type":"text_delta","text":"c"}"""), Wire.EndBlock(1)));

        Assert.Equal(["ab", "c"], answer.Parts(EventKind.Text));
    }

    [Fact]
    public async Task ThinkingBlocks_WithTextBetween_AreTwoParts()
    {
        const string Thought = """{"type":"thinking","thinking":"hm"}""";
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, Thought), Wire.EndBlock(0), Wire.Block(1, TextBlock), Wire.Text("a"), Wire.EndBlock(1), Wire.Block(2, Thought), Wire.EndBlock(2)));

        Assert.Equal(["hm", "hm"], answer.Parts(EventKind.Reasoning));
    }

    [Fact]
    public async Task SurrogatePair_CutByABlocksEnd_IsReplaced()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, TextBlock), Wire.Text("a\\ud83d"), Wire.EndBlock(0), Wire.Text("\\ude00b")));

        Assert.Equal("a\uFFFD\uFFFDb", answer.Said);
    }

    [Fact]
    public async Task BlockIndex_UsedTwice_IsTwoBlocks()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(1, """{"type":"web_search_tool_result","tool_use_id":"t","content":[]}"""), Wire.EndBlock(1), Wire.Block(1, TextBlock), Wire.Delta(1, """{"type":"text_delta","text":"a"}""")));

        Assert.Single(answer.Tools);
        Assert.Equal("a", answer.Text);
    }

    [Theory]
    [InlineData("""{"type":"char_location","cited_text":"so","document_index":0,"document_title":"D","start_char_index":3,"end_char_index":5}""", """{"type":"document","title":"D","document":"0","cited_text":"so","start":3,"end":5}""")]
    [InlineData("""{"type":"char_location","document_index":0,"start_char_index":-3,"end_char_index":99999999999}""", """{"type":"document","document":"0"}""")]
    [InlineData("""{"type":"page_location","cited_text":"so","document_index":1,"document_title":null,"start_page_number":3,"end_page_number":4}""", """{"type":"document","document":"1","cited_text":"so","start":3,"end":4}""")]
    [InlineData("""{"type":"content_block_location","cited_text":"so","document_index":1,"file_id":"file_1","start_block_index":0,"end_block_index":1}""", """{"type":"document","document":"file_1","cited_text":"so","start":0,"end":1}""")]
    [InlineData("""{"type":"search_result_location","cited_text":"so","source":"kb:7","title":"T","search_result_index":0}""", """{"type":"document","title":"T","document":"kb:7","cited_text":"so"}""")]
    [InlineData("""{"type":"web_search_result_location","cited_text":"so","url":"https://a.example/","title":"T"}""", """{"type":"url","url":"https://a.example/","title":"T","cited_text":"so"}""")]
    [InlineData("""{"type":"web_search_result_location","cited_text":"so","url":"javascript:alert(1)","title":"T"}""", """{"type":"document","title":"T","cited_text":"so"}""")]
    public async Task Citation_InADelta_BecomesASource(string citation, string source)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, TextBlock), Wire.Text("a"), Wire.Delta(0, $$"""{"type":"citations_delta","citation":{{citation}} }"""), Wire.Text("b"), Wire.EndBlock(0)));

        Assert.Equal(source, Assert.Single(answer.Payloads(EventKind.Source)));
        Assert.Equal(["ab"], answer.Parts(EventKind.Text));
    }

    [Fact]
    public async Task Citation_AtTheStartOfItsBlock_BecomesASource()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, """{"type":"text","text":"a","citations":[{"url":"https://a.example","cited_text":"so"}]}""")));

        Assert.Single(answer.Payloads(EventKind.Source));
    }

    [Fact]
    public async Task Citation_WithAnEncryptedIndex_IsKeptForTheProvider()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Delta(0,
            """{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example","encrypted_index":"SECRET"}}""")));

        Assert.DoesNotContain("SECRET", Assert.Single(answer.Payloads(EventKind.Source)), StringComparison.Ordinal);
        Assert.Contains("SECRET", Assert.Single(answer.Payloads(EventKind.Opaque)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQ="}}""", "signature", "\"EqQ=\"")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":"EqQ="}}""", "signature", "\"EqQ=\"")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}""", "redacted_thinking", """{"type":"redacted_thinking","data":"x"}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"compaction","content":null}}""", "compaction", """{"type":"compaction","content":null}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"compaction_delta","content":"sum"}}""", "compaction_delta", """{"type":"compaction_delta","content":"sum"}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","tone":"warm"}}""", "text", """{"type":"text","text":"","tone":"warm"}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":"","budget":1}}""", "thinking", """{"type":"thinking","thinking":"","signature":"","budget":1}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"new_delta","text":"x"}}""", "new_delta", """{"type":"new_delta","text":"x"}""")]
    public async Task Content_ThatOnlyTheProviderCanUse_IsKeptForIt(string data, string type, string value)
    {
        var answer = await Model.AnswerAsync(Wire.Whole("""{"type":"message_start","message":{"model":"claude-x"}}""", data)[Wire.Stream(Wire.Start).Length..]);

        Assert.Equal($$"""{"provider":"anthropic","model":"claude-x","type":"{{type}}","value":{{value}}}""", Assert.Single(answer.Payloads(EventKind.Opaque)));
        Assert.Empty(answer.Payloads(EventKind.Data));
    }

    [Theory]
    [InlineData("""{"type":"text","text":{"value":"a"}}""")]
    [InlineData("""{"type":"thinking","thinking":["a"]}""")]
    [InlineData("""{"text":"a"}""")]
    public async Task Block_OfAnotherShape_IsKeptAndReadersAreTold(string block)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, block), Wire.Text("b")));

        Assert.Equal((block, "b"), (Assert.Single(answer.Json(EventKind.Opaque)).GetProperty("value").GetRawText(), answer.Text));
        Assert.Single(answer.Payloads(EventKind.Data));
    }

    [Fact]
    public async Task Block_OfAnUnknownType_IsKeptAndItsTypeNamed()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, """{"type":"new_block","payload":"x"}"""), Wire.Text("a")));

        Assert.Equal("""{"name":"unknown_content","value":{"type":"new_block"}}""", Assert.Single(answer.Payloads(EventKind.Data)));
        Assert.Equal("x", Assert.Single(answer.Json(EventKind.Opaque)).GetProperty("value").GetProperty("payload").GetString());
    }

    [Fact]
    public async Task Fallback_ToAnotherModel_NamesWhoAnswered()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            """{"type":"message_start","message":{"model":"claude-fable-5"}}""", Wire.Block(0, """{"type":"fallback","from":{"model":"claude-fable-5"},"to":{"model":"claude-opus-4-8"}}"""),
            Wire.Text("a"), Wire.Ended("end_turn", 1), Wire.Stop));

        Assert.Equal("claude-opus-4-8", answer.Terminal.Model);
    }
}
