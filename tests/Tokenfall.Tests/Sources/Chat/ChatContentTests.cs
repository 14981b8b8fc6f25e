using System.Text.RegularExpressions;

namespace Tokenfall.Tests;

/// <summary>Every content type of Microsoft.Extensions.AI, and the events that it becomes.</summary>
public partial class ChatContentTests
{
    private static readonly byte[] Pixel = [1, 2, 3];

    // Sample and events. A type that is missing here fails the first test.
    private static readonly Dictionary<Type, (Func<AIContent> Sample, EventKind[] Events)> Known = new()
    {
        [typeof(AIContent)] = (() => new AIContent(), [EventKind.Opaque, EventKind.Data]),
        [typeof(TextContent)] = (() => new TextContent("a"), [EventKind.Text]),
        [typeof(TextReasoningContent)] = (() => new TextReasoningContent("a") { ProtectedData = "x" }, [EventKind.Reasoning, EventKind.Opaque]),
        [typeof(FunctionCallContent)] = (() => new FunctionCallContent("c", "find"), [EventKind.ToolCall]),
        [typeof(FunctionResultContent)] = (() => new FunctionResultContent("c", 1), [EventKind.ToolResult]),
        [typeof(ToolCallContent)] = (() => new StrangeCall(), [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(ToolResultContent)] = (() => new StrangeResult(), [EventKind.ToolResult, EventKind.Opaque, EventKind.Data]),
        [typeof(McpServerToolCallContent)] = (() => new McpServerToolCallContent("c", "echo", "server"), [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(McpServerToolResultContent)] = (() => new McpServerToolResultContent("c") { Outputs = [new DataContent(Pixel, "image/png")] }, [EventKind.ToolResult, EventKind.File]),
        [typeof(WebSearchToolCallContent)] = (() => new WebSearchToolCallContent("c") { Queries = ["q"] }, [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(WebSearchToolResultContent)] = (() => new WebSearchToolResultContent("c") { Outputs = [new UriContent("https://a.example", "text/html")] }, [EventKind.ToolResult, EventKind.Source]),
        [typeof(CodeInterpreterToolCallContent)] = (() => new CodeInterpreterToolCallContent("c") { Inputs = [new DataContent("print(1)"u8.ToArray(), "text/x-python")] }, [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(CodeInterpreterToolResultContent)] = (() => new CodeInterpreterToolResultContent("c") { Outputs = [new TextContent("1"), new DataContent(Pixel, "image/png")] }, [EventKind.ToolResult, EventKind.File]),
        [typeof(ImageGenerationToolCallContent)] = (() => new ImageGenerationToolCallContent("c"), [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(ImageGenerationToolResultContent)] = (() => new ImageGenerationToolResultContent("c") { Outputs = [new UriContent("https://a.example/x.png", "image/png")] }, [EventKind.ToolResult, EventKind.File]),
        [typeof(ToolApprovalRequestContent)] = (() => new ToolApprovalRequestContent("r", new FunctionCallContent("c", "rm")), [EventKind.ToolCall, EventKind.Opaque]),
        [typeof(ToolApprovalResponseContent)] = (() => new ToolApprovalResponseContent("r", true, new FunctionCallContent("c", "rm")), [EventKind.Opaque]),
        [typeof(InputRequestContent)] = (() => new StrangeRequest(), [EventKind.Opaque, EventKind.Data]),
        [typeof(InputResponseContent)] = (() => new StrangeResponse(), [EventKind.Opaque]),
        [typeof(DataContent)] = (() => new DataContent(Pixel, "image/png"), [EventKind.File]),
        [typeof(UriContent)] = (() => new UriContent("https://a.example/x.png", "image/png"), [EventKind.File]),
        [typeof(HostedFileContent)] = (() => new HostedFileContent("file_1"), [EventKind.Opaque, EventKind.Data]),
        [typeof(HostedVectorStoreContent)] = (() => new HostedVectorStoreContent("vs_1"), [EventKind.Opaque, EventKind.Data]),
        [typeof(ErrorContent)] = (() => new ErrorContent("No.") { ErrorCode = "Refusal" }, [EventKind.Text]),
        [typeof(UsageContent)] = (() => new UsageContent(new UsageDetails { OutputTokenCount = 1 }), []),
    };

    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public ChatContentTests() => _writer = new RunWriter(_log, new FakeTimeProvider());

    public static TheoryData<Type> ContentTypes => [.. typeof(AIContent).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(AIContent)))];

    [Theory]
    [MemberData(nameof(ContentTypes), DisableDiscoveryEnumeration = true)]
    public async Task Content_OfEveryType_BecomesItsEvents(Type type)
    {
        Assert.True(Known.TryGetValue(type, out var known), $"{type.Name} is new: say in ChatContentWriter and docs/events.md what it becomes.");

        await WriteAsync(known.Sample());

        Assert.Equal(known.Events, _log.Frames().Select(frame => frame.Kind));
        Assert.All(_log.Frames().Where(frame => !frame.Kind.IsText()), frame => JsonDocument.Parse(frame.Payload));
    }

    [Theory]
    [MemberData(nameof(ContentTypes), DisableDiscoveryEnumeration = true)]
    public void Content_OfEveryType_IsInTheDocumentation(Type type)
    {
        var row = TableRow().Matches(File.ReadAllText(Repository.PathOf("docs/events.md"))).FirstOrDefault(row => row.Groups["type"].Value == type.Name);

        Assert.NotNull(row);
        Assert.All(Known[type].Events, kind => Assert.Contains($"`{kind}`", row.Groups["events"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownContent_TellsReadersItsTypeOnly()
    {
        await WriteAsync(new Strange { Secret = "s" });

        Assert.Equal("""{"name":"unknown_content","value":{"type":"Strange"}}""", Texts(EventKind.Data)[0]);
        Assert.StartsWith("""{"provider":"chat_client","type":"Strange","value":""", Texts(EventKind.Opaque)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Citation_OfAText_BecomesASource()
    {
        await WriteAsync(new TextContent("a")
        {
            Annotations =
            [
                new CitationAnnotation { Url = new Uri("https://a.example"), Title = "A", Snippet = "so" }, new CitationAnnotation { FileId = "file_1" },
                new CitationAnnotation { Url = new Uri("javascript:alert(1)") },
            ],
        });

        Assert.Equal(
            ["""{"type":"url","url":"https://a.example","title":"A","cited_text":"so"}""", """{"type":"document","document":"file_1"}""", """{"type":"document","document":"javascript:alert(1)"}"""],
            Texts(EventKind.Source));
    }

    [Fact]
    public async Task Text_OfAnotherMessage_IsAnotherPart()
    {
        await WriteAsync(Message("m1", "a"), Message("m1", "b"), Message("m2", "c"));

        Assert.Equal([(1, "ab"), (2, "c")], _log.Frames().Select(frame => (frame.Part, frame.Text())));
    }

    [Fact]
    public async Task Text_AfterAnotherKind_IsAnotherPart()
    {
        await WriteAsync(new TextContent("a"), new DataContent(Pixel, "image/png"), new TextContent("b"), new UsageContent(new UsageDetails()), new TextContent("c"));

        Assert.Equal([(1, "a"), (2, "bc")], _log.Frames().Where(frame => frame.Kind == EventKind.Text).Select(frame => (frame.Part, frame.Text())));
    }

    [Fact]
    public async Task ModelId_NamesWhoAnswered()
    {
        await WriteAsync(new ChatResponseUpdate(ChatRole.Assistant, "a") { ModelId = "gpt-x-2030" }, new ChatResponseUpdate(ChatRole.Assistant, "b"));

        Assert.Equal("gpt-x-2030", _writer.AnsweringModel);
    }

    [Fact]
    public async Task Refusal_ReportedAsAnError_IsTheStopReasonWithItsText()
    {
        await WriteAsync(Update(new ErrorContent("I cannot help with that.") { ErrorCode = "Refusal" }), Finish());

        Assert.Equal(("refusal", "I cannot help with that."), (_writer.StopReason, Texts(EventKind.Text)[0]));
    }

    [Theory]
    [InlineData("429", ErrorCode.RateLimited, true)]
    [InlineData("rate_limit_exceeded", ErrorCode.RateLimited, true)]
    [InlineData("overloaded_error", ErrorCode.Overloaded, true)]
    [InlineData("context_length_exceeded", ErrorCode.InvalidRequest, false)]
    [InlineData("insufficient_quota", ErrorCode.UpstreamUnavailable, false)]
    [InlineData("of_tomorrow", ErrorCode.UpstreamUnavailable, true)]
    [InlineData(null, ErrorCode.UpstreamUnavailable, true)]
    public async Task Error_AmongTheContents_EndsTheRunAsItsCodeSays(string? code, ErrorCode expected, bool retryable)
    {
        var failure = await Assert.ThrowsAsync<ModelException>(() => WriteAsync(
            Update(new TextContent("a")), Update(new ErrorContent("bro\nken") { ErrorCode = code }), Finish()));

        Assert.Equal((expected, retryable), (failure.Code, failure.Retryable));
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Null(_writer.StopReason);
    }

    [Theory]
    [InlineData("overloaded_error: busy", null, ErrorCode.Overloaded, true)]
    [InlineData("busy", """{"error":{"type":"rate_limit_error"}}""", ErrorCode.RateLimited, true)]
    [InlineData("Your credit balance is too low", null, ErrorCode.UpstreamUnavailable, false)]
    public async Task Error_WithoutACode_IsClassifiedByItsWords(string message, string? details, ErrorCode expected, bool retryable)
    {
        var failure = await Assert.ThrowsAsync<ModelException>(() => WriteAsync(new ErrorContent(message) { Details = details }));

        Assert.Equal((expected, retryable), (failure.Code, failure.Retryable));
    }

    [Fact]
    public async Task FunctionResult_WithAnException_IsAnErrorThatTellsNothing()
    {
        await WriteAsync(new FunctionResultContent("c", null) { Exception = new InvalidOperationException("inside") });

        Assert.Equal(["""{"id":"c","output":null,"error":true}"""], Texts(EventKind.ToolResult));
    }

    [Fact]
    public async Task FunctionCall_WhoseArgumentsCouldNotBeRead_IsIncomplete()
    {
        await WriteAsync(new FunctionCallContent("c", "find") { Exception = new JsonException("cut") });

        Assert.Equal(["""{"id":"c","name":"find","input":"","incomplete":true}"""], Texts(EventKind.ToolCall));
    }

    [Fact]
    public async Task Result_ThatNoSerializerCanWrite_BecomesItsText()
    {
        await WriteAsync(new FunctionResultContent("c", new Stray()), new FunctionResultContent("d", typeof(string)));

        Assert.Equal(["""{"id":"c","output":"stray"}""", """{"id":"d","output":"System.String"}"""], Texts(EventKind.ToolResult));
    }

    [Fact]
    public async Task ToolApprovalRequest_WaitsForApproval()
    {
        await WriteAsync(new ToolApprovalRequestContent("r", new FunctionCallContent("c", "rm", new Dictionary<string, object?> { ["path"] = "/" })));

        Assert.Equal(["""{"id":"c","name":"rm","input":{"path":"/"},"approval":true}"""], Texts(EventKind.ToolCall));
    }

    [Fact]
    public async Task CodeInterpreter_ShowsItsProgramAsText()
    {
        await WriteAsync(Known[typeof(CodeInterpreterToolCallContent)].Sample());

        Assert.Equal(
            ["""{"id":"c","name":"code_interpreter","input":{"inputs":[{"type":"file","media_type":"text/x-python","text":"print(1)"}]},"provider_executed":true}"""],
            Texts(EventKind.ToolCall));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    public async Task Usage_ThatNoModelHas_IsUnknown(long figure)
    {
        await WriteAsync(new UsageContent(new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = figure, OutputTokenCount = figure, ReasoningTokenCount = 3 }));

        Assert.Equal(new TokenUsage { UncachedInputTokens = 10, ReasoningTokens = 3 }, _writer.Reported);
    }

    [Fact]
    public async Task EmptyText_AfterTheFinishReason_TakesNothingBack()
    {
        await WriteAsync(Update(new TextContent("a")), Finish(), Update(new TextContent("")));

        Assert.Equal("end_turn", _writer.StopReason);
    }

    private static ChatResponseUpdate Message(string id, string text) => new(ChatRole.Assistant, text) { MessageId = id };

    private static ChatResponseUpdate Update(params AIContent[] contents) => new() { Role = ChatRole.Assistant, Contents = contents };

    private static ChatResponseUpdate Finish() => new() { FinishReason = ChatFinishReason.Stop };

    private Task WriteAsync(params AIContent[] contents) => WriteAsync(Update(contents));

    private Task WriteAsync(params ChatResponseUpdate[] updates) => ChatUpdates.WriteAsync(updates.ToAsyncEnumerable(), _writer, default);

    private List<string> Texts(EventKind kind) => [.. _log.Frames().Where(frame => frame.Kind == kind).Select(frame => frame.Text())];

    [GeneratedRegex(@"^\| `(?<type>\w+)` \| (?<events>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    private sealed class Strange : AIContent
    {
        public string? Secret { get; init; }
    }

    private sealed class StrangeCall() : ToolCallContent("c");

    private sealed class StrangeResult() : ToolResultContent("c");

    private sealed class StrangeRequest() : InputRequestContent("r");

    private sealed class StrangeResponse() : InputResponseContent("r");

    private sealed class Stray
    {
        public Type Type => GetType();

        public override string ToString() => "stray";
    }
}
