namespace Tokenfall.Tests;

public class DemoSourceTests
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly TestClock _time = new();
    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public DemoSourceTests() => _writer = new RunWriter(_log, _time);

    [Fact]
    public async Task Words_ComeOneByOneAtAReadersPace()
    {
        var streaming = StreamAsync("Hello there", maxTokens: 1000);
        await TurnAsync(FirstToken - Pace);
        Assert.Equal(0, _log.Count);

        for (var words = 1; words <= 3; words++)
        {
            await TurnAsync(Pace);
            await _time.WaitForTimersAsync(1).WaitAsync(TestRuns.Bound);
            Assert.Equal(words, _log.Count);
        }
        await FinishAsync(streaming);
    }

    [Fact]
    public async Task Answer_WordForWord_IsTheWholeText()
    {
        await FinishAsync(StreamAsync("Hello there", maxTokens: 1000));

        var text = new StringBuilder();
        foreach (var frame in _log.Frames()) text.Append(JsonSerializer.Deserialize<string>($"\"{frame.Text()}\""));
        Assert.Equal(string.Concat(DemoText.AnswerTo("Hello there")), text.ToString());
        Assert.Contains("“Hello there”", text.ToString(), StringComparison.Ordinal);
        Assert.Equal("end_turn", _writer.StopReason);
    }

    [Fact]
    public async Task Usage_CountsWords()
    {
        await FinishAsync(StreamAsync("Hello there", maxTokens: 1000));

        Assert.Equal((2, DemoText.AnswerTo("Hello there").Count), (_writer.Reported.TotalInputTokens, _writer.Reported.TotalOutputTokens));
    }

    [Fact]
    public async Task MaxTokens_CutsTheAnswerAndSaysSo()
    {
        await FinishAsync(StreamAsync("Hello", maxTokens: 5));

        Assert.Equal((5, 5, "max_tokens"), (_log.Count, _writer.Reported.OutputTokens, _writer.StopReason));
    }

    [Fact]
    public async Task Cancellation_EndsItBetweenWords()
    {
        using var stop = new CancellationTokenSource();
        var streaming = StreamAsync("Hello", 1000, stop.Token);
        await TurnAsync(FirstToken);
        await _time.WaitForTimersAsync(1).WaitAsync(TestRuns.Bound);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming.WaitAsync(TestRuns.Bound));
        Assert.Equal((1, null, 0), (_log.Count, _writer.StopReason, _time.ActiveTimers));
    }

    public static TheoryData<string, ModelRequest> Unsupported => new()
    {
        { "Tools", Request(new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("find", "Finds.", default)] }) },
        { "ResponseFormat", Request(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }) },
        { "StopSequences", Request(new ChatOptions { StopSequences = ["."] }) },
        { "ConversationId", Request(new ChatOptions { ConversationId = "c1" }) },
        { "DataContent", Request(new ChatOptions(), new DataContent("data:image/png;base64,AAAA")) },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public async Task Request_ThatAFixedTextCannotHonour_IsRefusedByName(string name, ModelRequest request)
    {
        var refusal = await Assert.ThrowsAsync<ModelException>(() => new DemoSource(_time).StreamAsync(request, _writer, default));

        Assert.Equal((ErrorCode.InvalidRequest, false, 0), (refusal.Code, refusal.Retryable, _log.Count));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithWhatOnlyColoursAnAnswer_IsAnswered()
    {
        var options = new ChatOptions { Instructions = "Be brief.", Temperature = 1, Seed = 1, ModelId = "other", MaxOutputTokens = 5, ResponseFormat = ChatResponseFormat.Text };

        await FinishAsync(Task.Run(() => new DemoSource(_time).StreamAsync(Request(options), _writer, default)));

        Assert.Equal("max_tokens", _writer.StopReason);
    }

    private static ModelRequest Request(ChatOptions options, params AIContent[] contents) =>
        new([new ChatMessage(ChatRole.User, [new TextContent("Hello"), .. contents])], options);

    private Task StreamAsync(string prompt, int maxTokens, CancellationToken cancellationToken = default) =>
        Task.Run(() => new DemoSource(_time).StreamAsync(new ModelRequest([new(ChatRole.User, prompt)], new ChatOptions { MaxOutputTokens = maxTokens }), _writer, cancellationToken), CancellationToken.None);

    // Waits until the source sleeps, then moves the clock.
    private async Task TurnAsync(TimeSpan by)
    {
        await _time.WaitForTimersAsync(1).WaitAsync(TestRuns.Bound);
        _time.Advance(by);
    }

    private async Task FinishAsync(Task streaming)
    {
        while (await Task.WhenAny(streaming, _time.WaitForTimersAsync(1)).WaitAsync(TestRuns.Bound) != streaming) _time.Advance(FirstToken);
        await streaming;
    }
}
