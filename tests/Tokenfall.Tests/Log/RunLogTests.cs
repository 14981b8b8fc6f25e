namespace Tokenfall.Tests;

public class RunLogTests
{
    private readonly RunLog _log = new(new FakeTimeProvider());

    [Fact]
    public void Append_Events_AreNumberedFromOne()
    {
        _log.Append(EventKind.Start, "{}");
        _log.Append(EventKind.Text, "a");
        _log.Append(EventKind.ToolCall, "{}");

        Assert.Equal([1, 2, 3], _log.Frames().Select(frame => frame.Number));
    }

    [Fact]
    public void Count_AfterAppends_IsTheLastNumber()
    {
        Assert.Equal(0, _log.Count);

        _log.Append(EventKind.Start, "{}");
        _log.Append(EventKind.Text, "a");

        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public void TryRead_NeighbouringDeltas_AreOneFrameWithTheLastNumber()
    {
        foreach (var text in new[] { "Hel", "lo", "!" }) _log.Append(EventKind.Text, text);

        Assert.True(_log.TryRead(0, out var frame));
        Assert.Equal((EventKind.Text, 3, "Hello!"), (frame.Kind, frame.Number, frame.Text()));
    }

    [Fact]
    public void TryRead_FromTheMiddleOfAMerge_GivesTheRest()
    {
        foreach (var text in new[] { "Hel", "lo", "!" }) _log.Append(EventKind.Text, text);

        Assert.True(_log.TryRead(1, out var frame));
        Assert.Equal((3, "lo!"), (frame.Number, frame.Text()));
    }

    [Fact]
    public void TryRead_ThinkingBesideDelta_StaysApart()
    {
        _log.Append(EventKind.Reasoning, "hm");
        _log.Append(EventKind.Reasoning, "m");
        _log.Append(EventKind.Text, "Yes");
        _log.Append(EventKind.Reasoning, "or no");

        Assert.Equal(["hmm", "Yes", "or no"], _log.Frames().Select(frame => frame.Text()));
    }

    [Fact]
    public void TryRead_NeighbouringToolCalls_StayApart()
    {
        _log.Append(EventKind.ToolCall, "{\"id\":1}");
        _log.Append(EventKind.ToolCall, "{\"id\":2}");

        Assert.Equal(2, _log.Frames().Count);
    }

    [Fact]
    public void TryRead_ManyDeltas_FillAFrameUpToTheLimitAndNotBeyond()
    {
        var kibibyte = new string('x', 1024);
        for (var i = 0; i < 17; i++) _log.Append(EventKind.Text, kibibyte);

        Assert.Equal([RunLog.MaxMergedPayload, 1024], _log.Frames().Select(frame => frame.Payload.Length));
    }

    [Fact]
    public void TryRead_OneEventOverTheLimit_ComesWholeAndAlone()
    {
        var large = new string('x', RunLog.MaxMergedPayload + 1);
        _log.Append(EventKind.Text, "a");
        _log.Append(EventKind.Text, large);
        _log.Append(EventKind.Text, "b");

        Assert.Equal(["a", large, "b"], _log.Frames().Select(frame => frame.Text()));
    }

    [Fact]
    public void TryRead_AtOrBeyondTheEnd_IsFalse()
    {
        _log.Append(EventKind.Start, "{}");

        Assert.False(_log.TryRead(1, out _));
        Assert.False(_log.TryRead(int.MaxValue, out _));
    }

    [Fact]
    public void TryRead_ViewTakenBeforeGrowth_KeepsItsBytes()
    {
        _log.Append(EventKind.Text, "first");
        Assert.True(_log.TryRead(0, out var early));

        for (var i = 0; i < 1000; i++) _log.Append(EventKind.Text, $"another piece {i}");
        _log.Append(EventKind.Done, "{}");

        Assert.Equal("first", early.Text());
    }

    [Theory]
    [InlineData(EventKind.Done)]
    [InlineData(EventKind.Error)]
    public void Append_AfterTheTerminalEvent_Throws(EventKind terminal)
    {
        _log.Append(terminal, "{}");

        Assert.Throws<InvalidOperationException>(() => _log.Append(EventKind.Text, "late"));
        Assert.Throws<InvalidOperationException>(() => _log.Append(EventKind.Done, "{}"));
        Assert.Equal(1, _log.Count);
    }

    [Fact]
    public void IsComplete_BeforeAndAfterTheTerminalEvent_Tells()
    {
        Assert.False(_log.IsComplete);
        _log.Append(EventKind.Text, "a");
        Assert.False(_log.IsComplete);
        _log.Append(EventKind.Error, "{}");
        Assert.True(_log.IsComplete);
    }

    [Fact]
    public void Size_OfACompleteLog_IsItsContentAndNoSpareRoom()
    {
        for (var i = 0; i < 1000; i++) _log.Append(EventKind.Text, "12345");
        var growing = _log.Size;

        _log.Append(EventKind.Done, "{}");

        Assert.Equal(1000 * 5 + 2 + 1001 * 8, _log.Size);
        Assert.True(growing > _log.Size, $"{growing} bytes while growing, {_log.Size} at the end");
    }

    [Fact]
    public void Append_MoreThanTheFirstRoom_KeepsEveryByte()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},"));
        foreach (var piece in text.Chunk(7)) _log.Append(EventKind.Text, new string(piece));

        Assert.Equal(text, string.Concat(_log.Frames().Select(frame => frame.Text())));
    }

    [Fact]
    public void Append_Payload_IsCopied()
    {
        var payload = Encoding.UTF8.GetBytes("mine");
        _log.Append(EventKind.Text, payload);
        payload.AsSpan().Clear();

        Assert.True(_log.TryRead(0, out var frame));
        Assert.Equal("mine", frame.Text());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void IsReadTo_OfACompleteLog_IsOnlyItsEnd(int position, bool expected)
    {
        var log = new RunLog(new FakeTimeProvider());
        log.Append(EventKind.Text, "a"u8, 1);
        Assert.False(log.IsReadTo(1));

        log.Append(EventKind.Done, "{}"u8);

        Assert.Equal(expected, log.IsReadTo(position));
    }
}
