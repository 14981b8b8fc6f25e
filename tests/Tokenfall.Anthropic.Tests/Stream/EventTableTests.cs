using System.Text.RegularExpressions;

namespace Tokenfall.Tests;

/// <summary>Every block and delta of the Messages API, as docs/events.md says what it becomes.</summary>
public sealed partial class EventTableTests
{
    private const string Image = """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"x"}}""";

    public static TheoryData<string, string, EventKind[]> Blocks => new()
    {
        { "text", """{"type":"text","text":"a","citations":[{"url":"https://a.example"}]}""", [EventKind.Text, EventKind.Source] },
        { "thinking", """{"type":"thinking","thinking":"a","signature":"x"}""", [EventKind.Reasoning, EventKind.Opaque] },
        { "redacted_thinking", """{"type":"redacted_thinking","data":"x"}""", [EventKind.Opaque] },
        { "tool_use", """{"type":"tool_use","id":"t","name":"find","input":{}}""", [EventKind.ToolStart, EventKind.ToolInput, EventKind.ToolCall] },
        { "server_tool_use", """{"type":"server_tool_use","id":"t","name":"web_search","input":{}}""", [EventKind.ToolStart, EventKind.ToolInput, EventKind.ToolCall] },
        { "mcp_tool_use", """{"type":"mcp_tool_use","id":"t","name":"echo","server_name":"s","input":{}}""", [EventKind.ToolStart, EventKind.Opaque, EventKind.ToolInput, EventKind.ToolCall] },
        { "web_search_tool_result", Result("web_search_tool_result", """[{"type":"web_search_result","url":"https://a.example","encrypted_content":"x"}]"""), [EventKind.ToolResult, EventKind.Source, EventKind.Opaque] },
        { "web_fetch_tool_result", Result("web_fetch_tool_result", $$"""{"content":{{Image}} }"""), [EventKind.ToolResult, EventKind.Opaque] },
        { "code_execution_tool_result", Result("code_execution_tool_result", "{}"), [EventKind.ToolResult] },
        { "bash_code_execution_tool_result", Result("bash_code_execution_tool_result", "{}"), [EventKind.ToolResult] },
        { "text_editor_code_execution_tool_result", Result("text_editor_code_execution_tool_result", "{}"), [EventKind.ToolResult] },
        { "tool_search_tool_result", Result("tool_search_tool_result", "{}"), [EventKind.ToolResult] },
        { "advisor_tool_result", Result("advisor_tool_result", """{"encrypted_content":"x"}"""), [EventKind.ToolResult, EventKind.Opaque] },
        { "mcp_tool_result", Result("mcp_tool_result", "[]"), [EventKind.ToolResult] },
        { "compaction", """{"type":"compaction","content":null}""", [EventKind.Opaque] },
        { "fallback", """{"type":"fallback","to":{"model":"m"}}""", [EventKind.Opaque] },
        { "container_upload", """{"type":"container_upload","file_id":"f"}""", [EventKind.Opaque, EventKind.Data] },
    };

    public static TheoryData<string, string, EventKind[]> Deltas => new()
    {
        { "text_delta", """{"type":"text_delta","text":"a"}""", [EventKind.Text] },
        { "thinking_delta", """{"type":"thinking_delta","thinking":"a"}""", [EventKind.Reasoning] },
        { "signature_delta", """{"type":"signature_delta","signature":"x"}""", [EventKind.Opaque] },
        { "citations_delta", """{"type":"citations_delta","citation":{"url":"https://a.example","encrypted_index":"x"}}""", [EventKind.Source, EventKind.Opaque] },
        { "compaction_delta", """{"type":"compaction_delta","content":"a"}""", [EventKind.Opaque] },
    };

    [Theory]
    [MemberData(nameof(Blocks), DisableDiscoveryEnumeration = true)]
    public async Task Block_OfEveryType_BecomesItsEvents(string type, string block, EventKind[] events) =>
        await AssertAsync(type, events, Wire.Block(0, block), Wire.EndBlock(0));

    [Theory]
    [MemberData(nameof(Deltas), DisableDiscoveryEnumeration = true)]
    public async Task Delta_OfEveryType_BecomesItsEvents(string type, string delta, EventKind[] events) =>
        await AssertAsync(type, events, Wire.Delta(0, delta));

    private static async Task AssertAsync(string type, EventKind[] events, params string[] stream)
    {
        var answer = await Model.AnswerAsync(Wire.Whole(stream));

        Assert.Equal(events, answer.Events.Select(e => e.Kind).Where(kind => kind is not EventKind.Start and not EventKind.Done));
        var row = TableRow().Matches(File.ReadAllText(Repository.PathOf("docs/events.md"))).FirstOrDefault(row => row.Groups["type"].Value == type);
        Assert.NotNull(row);
        // A row may refer to the one above it.
        if (!row.Groups["events"].Value.StartsWith("the same", StringComparison.Ordinal))
            Assert.All(events, kind => Assert.Contains($"`{kind}`", row.Groups["events"].Value, StringComparison.Ordinal));
    }

    private static string Result(string type, string content) => $$"""{"type":"{{type}}","tool_use_id":"t","content":{{content}} }""";

    [GeneratedRegex(@"^\| `(?<type>[a-z_]+)` \| (?<events>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
