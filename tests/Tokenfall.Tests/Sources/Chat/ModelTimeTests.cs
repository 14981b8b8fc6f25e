namespace Tokenfall.Tests;

/// <summary>Whose time it is while a stream of updates is silent: the model's, a tool's, or the application's.</summary>
public sealed class ModelTimeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TestClock _time = new();
    private readonly RunWriter _writer;
    private readonly UpstreamOptions _limits = TestRuns.Timeouts;

    public ModelTimeTests() => _writer = new RunWriter(new RunLog(_time), _time);

    private static ChatResponseUpdate Call(string id) => Of(new FunctionCallContent(id, "find"));
    private static ChatResponseUpdate Result(string id) => Of(new FunctionResultContent(id, "found"));
    private static ChatResponseUpdate Text => Of(new TextContent("a"));
    private static ChatResponseUpdate Empty => new(ChatRole.Assistant, []);
    private static ChatResponseUpdate Asks => new() { FinishReason = ChatFinishReason.ToolCalls };
    private static ChatResponseUpdate Finish => new() { FinishReason = ChatFinishReason.Stop };

    [Fact]
    public async Task ToolOfTheApplication_TakesLong_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(Call("c1"), Asks, Long, Result("c1"), Text));

    [Fact]
    public async Task SeveralTools_TheLastTakesLong_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(Call("c1"), Call("c2"), Asks, Result("c1"), Long, Result("c2"), Text));

    [Fact]
    public async Task ToolOfTheApplication_AfterMoreWordsOfTheModel_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(Call("c1"), Text, Of(new TextReasoningContent("so") { ProtectedData = "x" }), Asks, Long, Result("c1"), Text));

    [Fact]
    public async Task ToolOfTheApplication_CalledWithTheFinishReason_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c1", "find")]) { FinishReason = ChatFinishReason.ToolCalls }, Long, Result("c1"), Text));

    [Fact]
    public async Task ToolOfTheApplication_WhenTheUsageComesBetween_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(Call("c1"), Asks, Of(new UsageContent(new UsageDetails { OutputTokenCount = 1 })), Empty, Long, Result("c1"), Text));

    [Fact]
    public async Task ToolsOfTheApplication_InTwoRounds_AreNotTheModelsTime() =>
        Assert.Null(await LimitAsync(Call("c1"), Asks, Seconds(200), Result("c1"), Seconds(50), Call("c2"), Asks, Seconds(200), Result("c2"), Seconds(50), Text));

    [Fact]
    public async Task CallThatNobodyAnswers_TheModelIsAskedAgain_IsTheModelsTime() =>
        Assert.Contains("ContentTimeout", await LimitAsync(Call("c1"), Asks, Text, Finish, Seconds(45)), StringComparison.Ordinal);

    [Fact]
    public async Task AnswerToAToolsResult_MayTakeAsLongAsAFirstOne() =>
        Assert.Null(await LimitAsync(Text, Call("c1"), Asks, Long, Result("c1"), Seconds(59), Text));

    [Fact]
    public async Task AnswerToAToolsResult_NeverComes_IsLate() =>
        Assert.Contains("FirstContentTimeout", await LimitAsync(Call("c1"), Asks, Long, Result("c1"), Seconds(60)), StringComparison.Ordinal);

    // It has more to say: another call, or its end.
    [Fact]
    public async Task FirstCall_WhileTheResponseGoesOn_IsTheModelsTime() =>
        Assert.Contains("ContentTimeout", await LimitAsync(Call("c1"), Seconds(45)), StringComparison.Ordinal);

    [Fact]
    public async Task ToolOfTheApplication_OfAClientWithoutFinishReasons_IsNotTheModelsTime()
    {
        _writer.EndCompletes = true;

        Assert.Null(await LimitAsync(Call("c1"), Long, Result("c1"), Text));
    }

    [Fact]
    public async Task CallThatNobodyAnswers_TheModelGoesOn_IsTheModelsTime() =>
        Assert.Contains("ContentTimeout", await LimitAsync(Call("c1"), Text, Seconds(45)), StringComparison.Ordinal);

    [Fact]
    public async Task ToolOfTheProvider_TakesLong_IsTheModelsTime() =>
        Assert.Contains("ContentTimeout", await LimitAsync(Of(new WebSearchToolCallContent("s1")), Seconds(45)), StringComparison.Ordinal);

    [Fact]
    public async Task ToolOfTheApplication_NeverEnds_IsBoundedByTheTotal() =>
        Assert.Contains("TotalTimeout", await LimitAsync(Call("c1"), Asks, Seconds(600)), StringComparison.Ordinal);

    [Fact]
    public async Task UpdatesWithoutContent_BetweenTexts_AreProgress() =>
        Assert.Null(await LimitAsync(Text, Seconds(44), Empty, Seconds(44), Empty, Seconds(44), Text));

    [Fact]
    public async Task UpdatesWithoutContent_BeforeTheFirst_AreProgress() =>
        Assert.Null(await LimitAsync(Seconds(59), Empty, Seconds(59), Empty, Seconds(59), Text));

    [Fact]
    public async Task UsageAlone_IsProgress() =>
        Assert.Null(await LimitAsync(Text, Seconds(44), Of(new UsageContent(new UsageDetails { OutputTokenCount = 1 })), Seconds(44)));

    // What says nothing does not keep a failed attempt from being repeated.
    [Fact]
    public async Task UpdatesWithoutContent_AreNoContent()
    {
        await LimitAsync(Empty, Empty);

        Assert.False(_writer.HasContent);
    }

    [Fact]
    public async Task AfterAFinishReason_ADelegatesOwnWork_IsNotTheModelsTime() =>
        Assert.Null(await LimitAsync(isApplications: true, Text, Finish, Long, Text));

    [Fact]
    public async Task AfterAFinishReason_AClientThatDoesNotEnd_IsLate() =>
        Assert.Contains("ContentTimeout", await LimitAsync(Text, Finish, Seconds(45)), StringComparison.Ordinal);

    private Task<string?> LimitAsync(params object[] steps) => LimitAsync(isApplications: false, steps);

    /// <summary>Plays updates and pauses, and returns the limit that was passed.</summary>
    private async Task<string?> LimitAsync(bool isApplications, params object[] steps)
    {
        using var watchdog = new Watchdog(_writer, _limits, _time);
        var updates = PlayAsync(steps);
        await (isApplications ? ChatUpdates.WriteFromApplicationAsync(updates, _writer, default) : ChatUpdates.WriteAsync(updates, _writer, default));
        return watchdog.ExceededLimit;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(object[] steps)
    {
        foreach (var step in steps)
        {
            await Task.CompletedTask;
            if (step is TimeSpan pause) _time.Advance(pause);
            else yield return (ChatResponseUpdate)step;
        }
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static ChatResponseUpdate Of(AIContent content) => new(ChatRole.Assistant, [content]);
}
