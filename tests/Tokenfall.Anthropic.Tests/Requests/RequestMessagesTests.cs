namespace Tokenfall.Tests;

/// <summary>How a conversation's contents are spelled.</summary>
public sealed class RequestMessagesTests
{
    private static readonly byte[] Pixel = [1, 2, 3];

    public static TheoryData<ChatRole, AIContent, string> Contents => new()
    {
        { ChatRole.User, new DataContent(Pixel, "image/png"), """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}""" },
        { ChatRole.User, new DataContent(Pixel, "application/pdf") { Name = "a.pdf" }, """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AQID"},"title":"a.pdf"}""" },
        { ChatRole.User, new DataContent("hi"u8.ToArray(), "text/plain"), """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"hi"}}""" },
        { ChatRole.User, new UriContent("https://a.example/x.png", "image/png"), """{"type":"image","source":{"type":"url","url":"https://a.example/x.png"}}""" },
        { ChatRole.User, new UriContent("https://a.example/x.pdf", "application/pdf"), """{"type":"document","source":{"type":"url","url":"https://a.example/x.pdf"}}""" },
        { ChatRole.Assistant, new FunctionCallContent("c", "find", new Dictionary<string, object?> { ["q"] = "é", ["n"] = 2, ["all"] = null }), """{"type":"tool_use","id":"c","name":"find","input":{"q":"é","n":2,"all":null}}""" },
        { ChatRole.Assistant, new FunctionCallContent("c", "now"), """{"type":"tool_use","id":"c","name":"now","input":{}}""" },
        { ChatRole.Tool, new FunctionResultContent("c", "sunny"), """{"type":"tool_result","tool_use_id":"c","content":"sunny"}""" },
        { ChatRole.Tool, new FunctionResultContent("c", new Dictionary<string, object?> { ["t"] = 7 }), """{"type":"tool_result","tool_use_id":"c","content":"{\"t\":7}"}""" },
        { ChatRole.Tool, new FunctionResultContent("c", null) { Exception = new InvalidOperationException("inside") }, """{"type":"tool_result","tool_use_id":"c","is_error":true,"content":"The tool failed."}""" },
        { ChatRole.Tool, new FunctionResultContent("c", new DataContent(Pixel, "image/png")), """{"type":"tool_result","tool_use_id":"c","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}]}""" },
        { ChatRole.Assistant, Signed("hm", "sig"), """{"type":"thinking","thinking":"hm","signature":"sig"}""" },
        { ChatRole.Assistant, Signed("", "data", "redacted_thinking"), """{"type":"redacted_thinking","data":"data"}""" },
    };

    [Theory]
    [MemberData(nameof(Contents), DisableDiscoveryEnumeration = true)]
    public async Task Content_InAMessage_IsSentAsItsBlock(ChatRole role, AIContent content, string block)
    {
        var messages = (await Sent.BodyAsync([new ChatMessage(ChatRole.User, "a"), new ChatMessage(role, [content])])).GetProperty("messages");

        Assert.Equal(role == ChatRole.Assistant ? "assistant" : "user", messages[1].GetProperty("role").GetString());
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(block).RootElement, Assert.Single(messages[1].GetProperty("content").EnumerateArray())), messages[1].ToString());
    }

    [Fact]
    public async Task Message_OfSeveralContents_BeginsWithTheToolsResults()
    {
        var body = await Sent.BodyAsync([new ChatMessage(ChatRole.User, [new TextContent("and now?"), new FunctionResultContent("c", "sunny")])]);

        Assert.Equal(["tool_result", "text"], body.GetProperty("messages")[0].GetProperty("content").EnumerateArray().Select(block => block.GetProperty("type").GetString()!));
    }

    public static TheoryData<AIContent> Unsent =>
    [
        new UsageContent(new UsageDetails()),
        new TextContent(""),
        new TextReasoningContent("of nobody knows whom"),
        new TextReasoningContent("of another provider") { ProtectedData = "x", AdditionalProperties = new() { ["provider"] = "openai" } },
    ];

    [Theory]
    [MemberData(nameof(Unsent), DisableDiscoveryEnumeration = true)]
    public async Task Content_ThatIsNotPartOfTheQuestion_IsLeftOut(AIContent content)
    {
        var body = await Sent.BodyAsync([new ChatMessage(ChatRole.User, "a"), new ChatMessage(ChatRole.Assistant, [content]), new ChatMessage(ChatRole.User, "b")]);

        Assert.Equal(2, body.GetProperty("messages").GetArrayLength());
    }

    public static TheoryData<ChatRole, AIContent, string> Refused => new()
    {
        { ChatRole.User, new DataContent(Pixel, "audio/wav"), "DataContent" },
        { ChatRole.User, new UriContent("https://a.example/x.wav", "audio/wav"), "UriContent" },
        { ChatRole.User, new UriContent("file:///etc/passwd", "image/png"), "UriContent" },
        { ChatRole.User, new HostedFileContent("file_1"), "HostedFileContent" },
        { ChatRole.User, new FunctionCallContent("c", "find"), "FunctionCallContent" },
        { ChatRole.Assistant, new FunctionResultContent("c", "x"), "FunctionResultContent" },
        { ChatRole.Assistant, new ErrorContent("x"), "ErrorContent" },
        { ChatRole.Assistant, new WebSearchToolCallContent("c"), "WebSearchToolCallContent" },
        { ChatRole.System, new DataContent(Pixel, "image/png"), "DataContent" },
        { ChatRole.Assistant, new FunctionCallContent("c", "find", new Dictionary<string, object?> { ["q"] = new Stray() }), "argument 'q'" },
        { new ChatRole("critic"), new TextContent("x"), "critic" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Content_ThatTheApiCannotTake_IsRefusedByName(ChatRole role, AIContent content, string name) =>
        Assert.Contains(name, (await Sent.RefusalAsync([new ChatMessage(ChatRole.User, "a"), new ChatMessage(role, [content])])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Messages_WithoutContent_AreRefused() =>
        Assert.Contains("no message", (await Sent.RefusalAsync([new ChatMessage(ChatRole.User, "")])).Message, StringComparison.Ordinal);

    private static TextReasoningContent Signed(string text, string data, string type = "thinking") =>
        new(text) { ProtectedData = data, AdditionalProperties = new() { ["provider"] = "anthropic", ["type"] = type } };

    // What no serializer can write.
    private sealed class Stray
    {
        public Type Type => GetType();
    }
}
