namespace Tokenfall.Tests;

public sealed class ToolTests
{
    private const string Weather = """{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}""";
    private const string Search = """{"type":"server_tool_use","id":"srvtoolu_2","name":"web_search","input":{}}""";

    [Fact]
    public async Task ToolUse_InPieces_IsWrittenWhole()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, Weather), Wire.Json(0, ""), Wire.Json(0, "{\\\"ci"), Wire.Json(0, "ty\\\":\\\"Oslo\\\\n\\\"}"), Wire.EndBlock(0)));

        var tool = Tool.Of(Assert.Single(answer.Tools));
        Assert.Equal(("toolu_1", "weather"), (tool.Id, tool.Name));
        Assert.Equal("Oslo\n", tool.Input.GetProperty("city").GetString());
    }

    [Fact]
    public async Task ToolUse_OfAServersTool_IsWritten()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Search), Wire.Json(0, "{\\\"query\\\":\\\"x\\\"}"), Wire.EndBlock(0)));

        Assert.Equal("web_search", Tool.Of(Assert.Single(answer.Tools)).Name);
    }

    [Theory]
    [InlineData(new string[0], "{}", "{}")]
    [InlineData(new[] { "", "" }, "{}", "{}")]
    [InlineData(new string[0], """{"city":"Oslo"}""", """{"city":"Oslo"}""")]
    [InlineData(new[] { "{\\\"city\\\":1}" }, """{"city":"Oslo"}""", """{"city":1}""")]
    [InlineData(new string[0], "\"{\\\"city\\\":\\\"Oslo\\\"}\"", """{"city":"Oslo"}""")]
    [InlineData(new string[0], "\"\"", "{}")]
    [InlineData(new string[0], "null", "{}")]
    [InlineData(new string[0], "[1]", "[1]")]
    public async Task ToolUse_Pieces_WinOverTheStartsInput(string[] pieces, string input, string expected)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            [Wire.Block(0, Weather.Replace("{}", input, StringComparison.Ordinal)), .. pieces.Select(piece => Wire.Json(0, piece)), Wire.EndBlock(0)]));

        Assert.Equal(expected, Tool.Of(Assert.Single(answer.Tools)).Input.GetRawText());
    }

    [Fact]
    public async Task ToolUse_OfTwoBlocksAtOnce_IsKeptApart()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(1, Weather), Wire.Block(2, Search), Wire.Json(2, "{\\\"b\\\":"), Wire.Json(1, "{\\\"a\\\":"), Wire.Json(2, "2}"), Wire.Json(1, "1}"),
            Wire.EndBlock(2), Wire.EndBlock(1)));

        Assert.Equal(["""{"b":2}""", """{"a":1}"""], answer.Tools.Select(tool => Tool.Of(tool).Input.GetRawText()));
    }

    [Fact]
    public async Task ToolUse_SurrogatePairCutBetweenPieces_IsJoined()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, Weather), Wire.Json(0, "{\\\"icon\\\":\\\"\\ud83d"), Wire.Json(0, "\\ude00\\\"}"), Wire.EndBlock(0)));

        Assert.Equal("😀", Tool.Of(Assert.Single(answer.Tools)).Input.GetProperty("icon").GetString());
    }

    [Theory]
    [InlineData("{\\\"city\\\":", "{\"city\":")]
    [InlineData("{} {}", "{} {}")]
    public async Task ToolUse_ThatIsNoJson_IsIncompleteWithWhatCame(string piece, string input)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, piece), Wire.EndBlock(0)));

        var tool = Tool.Of(Assert.Single(answer.Tools));
        Assert.Equal((true, input), (tool.IsIncomplete, tool.Input.GetString()));
        Assert.Equal((EventKind.Done, 7), (answer.End, answer.OutputTokens));
    }

    [Fact]
    public async Task ToolUse_WithHalfASurrogatePair_IsRepaired()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, "{\\\"icon\\\":\\\"\\ud83d\\\"}"), Wire.EndBlock(0)));

        Assert.Equal("\uFFFD", Tool.Of(Assert.Single(answer.Tools)).Input.GetProperty("icon").GetString());
    }

    [Fact]
    public async Task ToolUse_CutShortByTheTokenLimit_LeavesAMeasuredAnswer()
    {
        var answer = await Model.AnswerAsync(Wire.Stream(
            Wire.Start, Wire.Text("a"), Wire.Block(1, Weather), Wire.Json(1, "{\\\"city\\\":\\\"Os"), Wire.Ended("max_tokens", 124), Wire.Stop));

        var tool = Tool.Of(Assert.Single(answer.Tools));
        Assert.Equal((true, "{\"city\":\"Os"), (tool.IsIncomplete, tool.Input.GetString()));
        Assert.Equal(("max_tokens", 124L, UsageQuality.Measured), (answer.StopReason, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Fact]
    public async Task ToolUse_Pieces_ReachReadersAsTheyCome()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, "{\\\"a\\\":"), Wire.Json(0, "1}"), Wire.EndBlock(0)));

        Assert.Equal("""{"id":"toolu_1","name":"weather"}""", Assert.Single(answer.Payloads(EventKind.ToolStart)));
        Assert.Equal("{\\\"a\\\":1}", string.Concat(answer.Payloads(EventKind.ToolInput)));
    }

    [Theory]
    [InlineData("tool_use", false)]
    [InlineData("server_tool_use", true)]
    [InlineData("mcp_tool_use", true)]
    [InlineData("tomorrows_tool_use", true)]
    public async Task ToolUse_OfAnyType_SaysWhoRunsIt(string type, bool providers)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, $$"""{"type":"{{type}}","id":"t","name":"echo","input":{},"server_name":"mcp"}"""), Wire.EndBlock(0)));

        Assert.Equal(providers, Tool.Of(Assert.Single(answer.Tools)).IsProviders);
        Assert.Equal("mcp", Assert.Single(answer.Json(EventKind.Opaque)).GetProperty("value").GetProperty("server_name").GetString());
    }

    [Theory]
    [InlineData("", "block_0")]
    [InlineData("\"id\":\"\",", "block_0")]
    public async Task ToolUse_WithoutAnId_IsKnownByItsBlock(string member, string id)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, $$"""{"type":"tool_use",{{member}}"name":"x"}"""), Wire.EndBlock(0)));

        Assert.Equal(id, Tool.Of(Assert.Single(answer.Tools)).Id);
    }

    [Fact]
    public async Task ToolUse_WithTheIdOfAnOpenOne_EndsThat()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, Weather), Wire.Json(0, "{\\\"a\\\":1}"), Wire.Block(1, Weather), Wire.Json(1, "{\\\"b\\\":2}"), Wire.EndBlock(0), Wire.EndBlock(1)));

        Assert.Equal(["""{"a":1}""", """{"b":2}"""], answer.Tools.Select(tool => Tool.Of(tool).Input.GetRawText()));
    }

    [Fact]
    public async Task ToolUse_ThatNeverStops_EndsWithTheMessage()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, "{}")));

        Assert.Equal("{}", Tool.Of(Assert.Single(answer.Tools)).Input.GetRawText());
        Assert.Equal(EventKind.Done, answer.End);
    }

    [Theory]
    [InlineData("web_search_tool_result", """[{"type":"web_search_result","title":"caf\u00e9"}]""")]
    [InlineData("code_execution_tool_result", """{"stdout":"1","return_code":0}""")]
    [InlineData("mcp_tool_result", """[{"type":"text","title":"caf\u00e9"}]""")]
    public async Task ToolResult_WithContent_IsWritten(string type, string content)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, $$"""{"type":"{{type}}","tool_use_id":"srvtoolu_2","content":{{content}} }"""), Wire.EndBlock(0)));

        var tool = Tool.Of(Assert.Single(answer.Tools));
        Assert.Equal("srvtoolu_2", tool.Id);
        Assert.Equal(content.Contains("stdout", StringComparison.Ordinal) ? "1" : "café",
            (content[0] == '[' ? tool.Output[0].GetProperty("title") : tool.Output.GetProperty("stdout")).GetString());
    }

    [Fact]
    public async Task ToolResult_WithoutContent_IsContentOfAnUnknownKind()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, """{"type":"new_tool_result","tool_use_id":"srvtoolu_2"}""")));

        Assert.Empty(answer.Tools);
        Assert.Contains("new_tool_result", Assert.Single(answer.Payloads(EventKind.Data)), StringComparison.Ordinal);
        Assert.Equal(EventKind.Done, answer.End);
    }

    [Theory]
    [InlineData("""{"type":"mcp_tool_result","tool_use_id":"t","is_error":true,"content":[]}""", true)]
    [InlineData("""{"type":"mcp_tool_result","tool_use_id":"t","is_error":false,"content":[]}""", false)]
    [InlineData("""{"type":"web_fetch_tool_result","tool_use_id":"t","content":{"type":"web_fetch_tool_result_error","error_code":"url_not_allowed"}}""", true)]
    public async Task ToolResult_OfAToolThatFailed_SaysSo(string block, bool isError)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, block), Wire.EndBlock(0)));

        Assert.Equal(isError, Tool.Of(Assert.Single(answer.Tools)).IsError);
    }

    [Theory]
    [InlineData("web_search_tool_result", """[{"type":"web_search_result","title":"T","url":"https://a.example","encrypted_content":"SECRET"}]""")]
    [InlineData("web_fetch_tool_result", """{"type":"web_fetch_result","content":{"type":"document","source":{"type":"text","media_type":"text/plain","data":"SECRET"},"title":"T"}}""")]
    [InlineData("advisor_tool_result", """{"type":"advisor_result","encrypted_content":"SECRET","title":"T"}""")]
    public async Task ToolResult_WithBytesThatOnlyTheApiCanUse_KeepsThemFromReaders(string type, string content)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, $$"""{"type":"{{type}}","tool_use_id":"t","content":{{content}} }"""), Wire.EndBlock(0)));

        var output = Assert.Single(answer.Tools);
        Assert.DoesNotContain("SECRET", output, StringComparison.Ordinal);
        Assert.Contains("\"T\"", output, StringComparison.Ordinal);
        Assert.Contains("SECRET", Assert.Single(answer.Payloads(EventKind.Opaque)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolResult_OfAWebSearch_NamesItsSources()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0,
            """{"type":"web_search_tool_result","tool_use_id":"t","content":[{"type":"web_search_result","title":"A","url":"https://a.example"},{"type":"web_search_result","title":"B","url":"javascript:b"}]}"""), Wire.EndBlock(0)));

        Assert.Equal("""{"type":"url","url":"https://a.example","title":"A"}""", Assert.Single(answer.Payloads(EventKind.Source)));
    }

    [Fact]
    public async Task ToolUse_WhoseArgumentsComeAsAnObject_IsWhole()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(
            Wire.Block(0, Weather), Wire.Delta(0, """{"type":"input_json_delta","partial_json":{"city":"Oslo"}}"""), Wire.EndBlock(0)));

        Assert.Equal("""{"city":"Oslo"}""", Tool.Of(Assert.Single(answer.Tools)).Input.GetRawText());
    }

    // One side piece that is hard to read must not cost a sound answer.
    [Theory]
    [InlineData("tool_use")]
    [InlineData("arguments")]
    [InlineData("mcp_tool_result")]
    [InlineData("new_block")]
    public async Task Block_NestedDeeply_LeavesTheAnswerWhole(string kind)
    {
        const int Depth = 200;
        var deep = new string('[', Depth) + new string(']', Depth);
        var block = kind switch
        {
            "tool_use" or "arguments" => $$"""{"type":"tool_use","id":"t","name":"x","input":{"a":{{(kind == "tool_use" ? deep : "1")}} } }""",
            _ => $$"""{"type":"{{kind}}","tool_use_id":"t","content":{{deep}} }""",
        };
        string[] pieces = kind == "arguments" ? [Wire.Json(0, $$"""{\"a\":{{deep}}}""")] : [];

        var answer = await Model.AnswerAsync(Wire.Whole([Wire.Text("a"), Wire.Block(0, block), .. pieces, Wire.EndBlock(0), Wire.Text("b")]));

        Assert.Equal(("ab", "end_turn"), (answer.Text, answer.StopReason));
        Assert.Contains(answer.Events, e => e.Payload.Contains(deep, StringComparison.Ordinal));
        Assert.DoesNotContain(answer.Tools, tool => tool.Contains("incomplete", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("end_turn", "{\\\"a\\\":NaN}", "{\"a\":NaN}")]
    [InlineData("tool_use", "{\\\"a\\\":1,}", "{\"a\":1,}")]
    [InlineData("refusal", "{'a':1}", "{'a':1}")]
    [InlineData("model_context_window_exceeded", "{\\\"a\\\":\\\"\\\\u12", "{\"a\":\"\\u12")]
    public async Task ToolUse_ThatIsNoStrictJson_IsIncompleteWhateverTheStopReason(string reason, string piece, string input)
    {
        var answer = await Model.AnswerAsync(Wire.Stream(Wire.Start, Wire.Text("a"), Wire.Block(1, Weather), Wire.Json(1, piece), Wire.Ended(reason, 9), Wire.Stop));

        var tool = Tool.Of(Assert.Single(answer.Tools));
        Assert.Equal((true, input), (tool.IsIncomplete, tool.Input.GetString()));
        Assert.Equal((reason, 9L, UsageQuality.Measured), (answer.StopReason, answer.OutputTokens, answer.Terminal.Quality));
    }

    [Fact]
    public async Task ToolResult_WithoutAPrefix_IsAResult()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.EndBlock(0), Wire.Block(1, """{"type":"tool_result","tool_use_id":"toolu_1","content":"mild"}"""), Wire.EndBlock(1)));

        Assert.Equal("""{"id":"toolu_1","output":"mild"}""", answer.Tools[1]);
        Assert.Equal(answer.Events.Single(e => e.Kind == EventKind.ToolCall).Part, answer.Events.Single(e => e.Kind == EventKind.ToolResult).Part);
    }

    [Theory]
    [InlineData("""[{"type":"image","data":"SECRET","mimeType":"image/png"}]""")]
    [InlineData("""[{"type":"audio","mimeType":"audio/wav","data":"SECRET"}]""")]
    [InlineData("""[{"type":"resource","resource":{"uri":"file:///a","mimeType":"application/pdf","blob":"SECRET"}}]""")]
    [InlineData("""{"content":{"source":{"data":"SECRET","media_type":"application/pdf"},"encrypted_stdout":"SECRET"}}""")]
    public async Task ToolResult_WithAFileInIt_KeepsItsBytesFromReaders(string content)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, $$"""{"type":"mcp_tool_result","tool_use_id":"t","content":{{content}} }"""), Wire.EndBlock(0)));

        Assert.DoesNotContain("SECRET", Assert.Single(answer.Tools), StringComparison.Ordinal);
        Assert.Contains("SECRET", Assert.Single(answer.Payloads(EventKind.Opaque)), StringComparison.Ordinal);
    }
}
