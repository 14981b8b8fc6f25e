namespace Tokenfall.Tests;

public class ChatUpdatesTests
{
    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public ChatUpdatesTests() => _writer = new RunWriter(_log, new FakeTimeProvider());

    [Fact]
    public async Task Text_BecomesDeltas()
    {
        await WriteAsync(Text("Hel"), Text("lo"), Finish(ChatFinishReason.Stop));

        Assert.Equal(["Hello"], Texts(EventKind.Text));
        Assert.Equal((2, 5), (_log.Count, _writer.Chars));
    }

    [Fact]
    public async Task Reasoning_BecomesThinking()
    {
        await WriteAsync(Update(new TextReasoningContent("hm")), Text("Yes"));

        Assert.Equal(["hm"], Texts(EventKind.Reasoning));
        Assert.Equal(3, _writer.Chars);
    }

    [Fact]
    public async Task FunctionCall_BecomesAToolCall()
    {
        await WriteAsync(Update(new FunctionCallContent("c1", "find", new Dictionary<string, object?> { ["q"] = "a\nb" })));

        Assert.Equal(["""{"id":"c1","name":"find","input":{"q":"a\nb"}}"""], Texts(EventKind.ToolCall));
    }

    [Fact]
    public async Task FunctionResult_BecomesAToolResult()
    {
        await WriteAsync(Update(new FunctionResultContent("c1", new { found = 2 })));

        Assert.Equal(["""{"id":"c1","output":{"found":2}}"""], Texts(EventKind.ToolResult));
    }

    public static TheoryData<(string, int?, int)[], int, int> Usages => new()
    {
        { [("r1", 10, 1), ("r1", 10, 7), ("r1", 10, 20)], 10, 20 }, // within a response the last figure counts
        { [("r1", 10, 1), ("r1", 10, 20), ("r2", 30, 2), ("r2", 30, 5)], 40, 25 }, // of two responses, their sum
        { [("r1", 10, 1), ("r1", null, 20), ("r2", 30, 1), ("r2", null, 5)], 40, 25 }, // a message_delta often has the output's alone
    };

    [Theory]
    [MemberData(nameof(Usages), DisableDiscoveryEnumeration = true)]
    public async Task Usage_OfResponses_IsTheSumOfTheLastFigures((string, int?, int)[] updates, int input, int output)
    {
        await WriteAsync([.. updates.Select(update => Usage(update.Item1, update.Item2, update.Item3))]);

        Assert.Equal((input, output), (_writer.Reported.TotalInputTokens, _writer.Reported.TotalOutputTokens));
    }

    [Theory]
    [InlineData("stop", "end_turn")]
    [InlineData("length", "max_tokens")]
    [InlineData("tool_calls", "tool_use")]
    [InlineData("function_call", "tool_use")]
    [InlineData("of_tomorrow", "of_tomorrow")]
    [InlineData("content_filter", "refusal")]
    [InlineData("pause_turn", "pause_turn")]
    public async Task FinishReason_BecomesTheStopReason(string finish, string stop)
    {
        await WriteAsync(Text("a"), Finish(new ChatFinishReason(finish)));

        Assert.Equal(stop, _writer.StopReason);
    }

    [Fact]
    public async Task NoFinishReason_IsNotComplete()
    {
        await WriteAsync(Text("Hal"));

        Assert.Null(_writer.StopReason);
    }

    [Fact]
    public async Task FinishReason_WithItsText_IsComplete()
    {
        var update = Text("All of it");
        update.FinishReason = ChatFinishReason.Stop;

        await WriteAsync(update);

        Assert.Equal("end_turn", _writer.StopReason);
    }

    [Fact]
    public async Task UsageAfterTheFinishReason_IsStillComplete()
    {
        await WriteAsync(Text("a"), Finish(ChatFinishReason.Stop), Usage("r1", 1, 2));

        Assert.Equal("end_turn", _writer.StopReason);
    }

    [Fact]
    public async Task SecondResponse_BrokenOffInItsText_IsNotComplete()
    {
        await WriteAsync([.. ToolRound(), Text("Hal", "r2")]);

        Assert.Null(_writer.StopReason);
    }

    [Fact]
    public async Task SecondResponse_BrokenOffBeforeItsText_IsNotComplete()
    {
        await WriteAsync([.. ToolRound(), new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = "r2" }]);

        Assert.Null(_writer.StopReason);
    }

    [Fact]
    public async Task SecondResponse_Finished_IsComplete()
    {
        await WriteAsync([.. ToolRound(), Text("All", "r2"), Finish(ChatFinishReason.Stop, "r2")]);

        Assert.Equal("end_turn", _writer.StopReason);
    }

    [Fact]
    public async Task ToolResultAtTheEnd_KeepsTheFinishReason()
    {
        await WriteAsync(ToolRound());

        Assert.Equal("tool_use", _writer.StopReason);
    }

    [Fact]
    public async Task SurrogatePair_SplitOverTwoTexts_StaysWhole()
    {
        await WriteAsync(Text("a\ud83d"), Text("\ude00b"));

        Assert.Equal(4, _writer.Chars);
        Assert.Equal("a😀b", System.Text.Json.JsonSerializer.Deserialize<string>($"\"{Texts(EventKind.Text)[0]}\""));
    }

    [Fact]
    public async Task SurrogatePair_SplitOverTwoReasonings_StaysWhole()
    {
        await WriteAsync(Update(new TextReasoningContent("a\ud83d")), Update(new TextReasoningContent("\ude00b")));

        Assert.Equal("a😀b", System.Text.Json.JsonSerializer.Deserialize<string>($"\"{Texts(EventKind.Reasoning)[0]}\""));
    }

    [Fact]
    public async Task Usage_AfterTheFinishReason_StandsWhenTheStreamBreaks()
    {
        await WriteAsync(Text(new string('a', 400)), Finish(ChatFinishReason.Stop), Usage("r1", 10, 7));

        Assert.True(_writer.HasFinalUsage);
    }

    // The model was asked again: what it said then is not counted.
    [Fact]
    public async Task Usage_OfTheFirstOfTwoResponses_DoesNotStand()
    {
        await WriteAsync([Update(new FunctionCallContent("c1", "find")), Finish(ChatFinishReason.ToolCalls), Usage("r1", 10, 7), .. ToolRound()[2..], Update(new TextContent(""), "r2")]);

        Assert.False(_writer.HasFinalUsage);
    }

    public static TheoryData<string, Func<int, AIContent>> Endless => new()
    {
        { "texts", _ => new TextContent(new string('a', 100_000)) },
        { "reasonings", _ => new TextReasoningContent("") { ProtectedData = "x" } },
        { "calls", i => new FunctionCallContent($"c{i}", "find") },
        { "results", i => new FunctionResultContent($"c{i}", "found") },
        { "files", _ => new DataContent(new byte[1024 * 1024], "image/png") },
        { "citations", _ => new TextContent("") { Annotations = [new CitationAnnotation { Title = "a" }] } },
        { "unknown", _ => new HostedFileContent("f") },
    };

    [Theory]
    [MemberData(nameof(Endless), DisableDiscoveryEnumeration = true)]
    public async Task Contents_WithoutEnd_AreRefusedAtTheirBound(string kind, Func<int, AIContent> next)
    {
        var taken = 0;
        var updates = Enumerable.Range(0, 100_000).Select(i => Update(next(taken = i))).ToAsyncEnumerable();

        var refused = await Assert.ThrowsAsync<ModelException>(() => ChatUpdates.WriteAsync(updates, _writer, default));

        Assert.Equal((ErrorCode.UpstreamUnavailable, false), (refused.Code, refused.Retryable));
        Assert.True(taken <= ushort.MaxValue, kind);
    }

    [Fact]
    public async Task Exception_OfTheStream_ComesThrough()
    {
        await Assert.ThrowsAsync<IOException>(() => ChatUpdates.WriteAsync(Breaking(), _writer, default));

        Assert.Equal(["Hal"], Texts(EventKind.Text));
        Assert.Null(_writer.StopReason);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Breaking()
    {
        yield return Text("Hal");
        await Task.Yield();
        throw new IOException("reset");
    }

    private static ChatResponseUpdate[] ToolRound() =>
    [
        Update(new FunctionCallContent("c1", "find")),
        Finish(ChatFinishReason.ToolCalls),
        new() { Role = ChatRole.Tool, ResponseId = "made-up-by-the-caller", Contents = [new FunctionResultContent("c1", 2)] },
    ];

    private static ChatResponseUpdate Update(AIContent content, string response = "r1") => new() { ResponseId = response, Role = ChatRole.Assistant, Contents = [content] };

    private static ChatResponseUpdate Text(string text, string response = "r1") => Update(new TextContent(text), response);

    private static ChatResponseUpdate Finish(ChatFinishReason reason, string response = "r1") => new() { ResponseId = response, FinishReason = reason };

    private static ChatResponseUpdate Usage(string response, int? input, int? output) =>
        Update(new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output }), response);

    private Task WriteAsync(params ChatResponseUpdate[] updates) => ChatUpdates.WriteAsync(updates.ToAsyncEnumerable(), _writer, default);

    private List<string> Texts(EventKind kind) => _log.Frames().Where(frame => frame.Kind == kind).Select(frame => frame.Text()).ToList();
}
