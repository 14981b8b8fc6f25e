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
    [InlineData("{\\\"city\\\":")]
    [InlineData("{} {}")]
    [InlineData("{\\\"icon\\\":\\\"\\ud83d\\\"}")]
    public async Task ToolUse_ThatIsNoJson_FailsTheRun(string piece)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, piece), Wire.EndBlock(0)));

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.Contains("toolu_1", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Empty(answer.Tools);
    }

    [Fact]
    public async Task ToolUse_ThatNeverStops_IsNotWritten()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, Weather), Wire.Json(0, "{}")));

        Assert.Empty(answer.Tools);
        Assert.Equal(EventKind.Done, answer.End);
    }

    [Theory]
    [InlineData("web_search_tool_result", """[{"type":"web_search_result","title":"caf\u00e9"}]""")]
    [InlineData("code_execution_tool_result", """{"stdout":"1","return_code":0}""")]
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
    public async Task ToolResult_WithoutContent_IsSkipped()
    {
        var answer = await Model.AnswerAsync(Wire.Whole(Wire.Block(0, """{"type":"new_tool_result","tool_use_id":"srvtoolu_2"}""")));

        Assert.Empty(answer.Tools);
        Assert.Equal(EventKind.Done, answer.End);
    }
}
