using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

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

    private Task StreamAsync(string prompt, int maxTokens, CancellationToken cancellationToken = default) =>
        Task.Run(() => new DemoSource(_time).StreamAsync(new ModelRequest([new(Microsoft.Extensions.AI.ChatRole.User, prompt)], new Microsoft.Extensions.AI.ChatOptions { MaxOutputTokens = maxTokens }), _writer, cancellationToken), CancellationToken.None);

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
