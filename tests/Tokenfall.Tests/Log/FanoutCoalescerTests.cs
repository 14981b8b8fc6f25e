namespace Tokenfall.Tests;

/// <summary>When many readers are woken, and that fewer are never deferred.</summary>
public sealed class FanoutCoalescerTests : IDisposable
{
    private readonly TestClock _time = new();
    private readonly Run _run;
    private readonly List<RunReader> _readers = [];
    private Task[] _waits = [];

    public FanoutCoalescerTests() => _run = TestRuns.Bare(time: _time);

    [Fact]
    public async Task Append_AfterSilence_WakesManyReadersAtOnce()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Advance(25);

        Append("b");

        await AllWokenAsync("b");
    }

    [Fact]
    public async Task Append_SoonAfterAWake_DefersManyReadersFor25Milliseconds()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Advance(20);
        Append("b");

        Advance(24);
        NobodyWoken();
        Advance(1);

        await AllWokenAsync("b");
    }

    [Fact]
    public async Task Append_SeveralSoonAfterAWake_ReachManyReadersAsOneFrame()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Append("b");
        Advance(10);
        Append("c");
        Advance(10);
        Append("d");
        NobodyWoken();

        Advance(5);

        await AllWokenAsync("bcd");
    }

    [Fact]
    public async Task Append_AStreamOfTokens_WakesManyReadersOncePer25MillisecondsAndLosesNothing()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        for (var i = 0; i < 20; i++)
        {
            Append("x");
            Advance(12);
            NobodyWoken();
            Append("y");
            Advance(13);
            await AllWokenAsync("xy");
            Wait();
        }
    }

    [Fact]
    public async Task Append_TheEndWhileManyReadersAreDeferred_WakesThemAtOnceWithEverything()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Append("b");
        NobodyWoken();

        _run.Log.Append(EventKind.Done, "{}");

        await AllWokenAsync("b");
        Assert.All(_readers, reader => Assert.True(reader.TryRead(out var end) && end.Kind == EventKind.Done));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Append_ToASealedLogWhileManyReadersAreDeferred_ThrowsAndTheyGetWhatThereWas()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Append("b");
        _run.Log.Seal();
        Assert.Throws<InvalidOperationException>(() => Append("late"));

        Advance(25);

        await AllWokenAsync("b");
    }

    [Fact]
    public async Task EndBatch_WhileManyReadersAreDeferred_WaitsToo()
    {
        var writer = new RunWriter(_run.Log, _time);
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        writer.BeginBatch();
        writer.Text("b");
        writer.EndBatch();
        NobodyWoken();

        Advance(25);

        await AllWokenAsync("b");
    }

    [Fact]
    public async Task Wake_OneOfManyDeferredReaders_WakesItAlone()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Append("b");

        _readers[7].Wake();

        await _waits[7].WaitAsync(TestRuns.Bound);
        Assert.Equal(1, _readers.Count(reader => !reader.IsWaiting));
    }

    [Fact]
    public async Task Dispose_WhileManyReadersAreDeferred_LeavesTheOthersToTheTimer()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        Append("b");
        _readers[0].Dispose();
        await _waits[0].WaitAsync(TestRuns.Bound);

        Advance(25);

        await AllWokenAsync("b");
    }

    [Fact]
    public async Task Append_FewerReadersThanTheThreshold_AlwaysWakesAtOnce()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold - 1);

        Append("b");

        await AllWokenAsync("b");
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Append_AfterMostOfManyReadersLeft_WakesTheRestAtOnceAgain()
    {
        await GatherAsync(FanoutCoalescer.FanoutThreshold);
        foreach (var reader in _readers[1..]) reader.Dispose();
        await Task.WhenAll(_waits[1..]).WaitAsync(TestRuns.Bound);
        _readers.RemoveRange(1, _readers.Count - 1);
        _waits = _waits[..1];
        Append("b");
        Advance(25);
        await AllWokenAsync("b");
        Wait();

        Append("c");

        await AllWokenAsync("c");
    }

    public void Dispose() => _readers.ForEach(reader => reader.Dispose());

    // Many readers that were woken just now, and wait again.
    private async Task GatherAsync(int readers)
    {
        for (var i = 0; i < readers; i++) _readers.Add(_run.Read());
        Wait();
        Append("a");
        await AllWokenAsync("a");
        Wait();
    }

    private void Append(string text) => _run.Log.Append(EventKind.Text, text);

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private void Wait() => _waits = [.. _readers.Select(reader => reader.WaitAsync().AsTask())];

    // Not by the tasks, which another thread completes.
    private void NobodyWoken() => Assert.All(_readers, reader => Assert.True(reader.IsWaiting));

    private async Task AllWokenAsync(string text)
    {
        await Task.WhenAll(_waits).WaitAsync(TestRuns.Bound);
        foreach (var reader in _readers)
        {
            Assert.True(reader.TryRead(out var frame));
            Assert.Equal(text, frame.Text());
        }
    }
}
