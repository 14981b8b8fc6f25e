namespace Tokenfall.Tests;

/// <summary>On which thread a reader goes on, and when several pieces wake it once.</summary>
public class InlineWakeTests
{
    private readonly Run _run = TestRuns.Bare();

    [Fact]
    public void Append_OneReaderThatNeverBlocks_GoesOnOnTheSourcesThread()
    {
        using var reader = Reader(neverBlocks: true);
        var wait = FollowAsync(reader);

        Under(null, () => _run.Log.Append(EventKind.Text, "a"));

        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(true, EventKind.Text, true)] // a thread with a context, to which the reader would come back at its next wait
    [InlineData(false, EventKind.Text, false)] // a reader that may block
    [InlineData(true, EventKind.Done, false)] // the end
    public async Task Append_WhereAReaderMustNotGoOn_LeavesTheSourcesThread(bool neverBlocks, EventKind kind, bool context)
    {
        using var reader = Reader(neverBlocks);
        using var gate = new ManualResetEventSlim();
        var wait = FollowAsync(reader, gate);

        // Would wait for itself if the reader went on here.
        if (context) Under(new SynchronizationContext(), () => _run.Log.Append(kind, "a"));
        else _run.Log.Append(kind, "a");
        gate.Set();

        await wait.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Append_InATaskOfTheApplicationsScheduler_LeavesIt()
    {
        using var reader = Reader(neverBlocks: true);
        using var gate = new ManualResetEventSlim();
        var wait = FollowAsync(reader, gate);
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        await Task.Factory.StartNew(() => Under(null, () => _run.Log.Append(EventKind.Text, "a")), CancellationToken.None, TaskCreationOptions.None, scheduler);
        gate.Set();

        await wait.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Append_TwoReaders_LeavesTheSourcesThread()
    {
        using var gate = new ManualResetEventSlim();
        using var first = Reader(neverBlocks: true);
        using var second = Reader(neverBlocks: true);
        Task[] waits = [FollowAsync(first, gate), FollowAsync(second, gate)];

        _run.Log.Append(EventKind.Text, "a");
        gate.Set();

        await Task.WhenAll(waits).WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Hold_PiecesThatArrivedTogether_WakeOnceAndComeAsOneFrame()
    {
        var writer = new RunWriter(_run.Log, new FakeTimeProvider());
        using var reader = Reader(neverBlocks: true);
        var wait = FollowAsync(reader);

        writer.BeginBatch();
        writer.Text("a");
        writer.Text("b");
        Assert.False(wait.IsCompleted);
        writer.EndBatch();

        await wait.WaitAsync(TestRuns.Bound);
        Assert.True(reader.TryRead(out var frame));
        Assert.Equal("ab", frame.Text());
    }

    [Fact]
    public async Task Hold_ASourceThatNeverWaits_DoesNotKeepReadersWaiting()
    {
        var writer = new RunWriter(_run.Log, new FakeTimeProvider());
        using var reader = Reader(neverBlocks: true);
        var wait = FollowAsync(reader);

        writer.BeginBatch();
        for (var i = 0; i < 17; i++) writer.Text(new string('x', 1024));

        await wait.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Release_ThenAPiece_WakesAgain()
    {
        var writer = new RunWriter(_run.Log, new FakeTimeProvider());
        using var reader = Reader(neverBlocks: true);
        writer.BeginBatch();
        writer.EndBatch();
        var wait = FollowAsync(reader);

        writer.Text("a");

        await wait.WaitAsync(TestRuns.Bound);
    }

    // Test runners have a context of their own; servers have none.
    private static void Under(SynchronizationContext? context, Action act)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private RunReader Reader(bool neverBlocks)
    {
        var reader = _run.Read();
        reader.NeverBlocks = neverBlocks;
        return reader;
    }

    private static async Task FollowAsync(RunReader reader, ManualResetEventSlim? gate = null)
    {
        await reader.WaitAsync().ConfigureAwait(false);
        if (gate is not null) Assert.True(gate.Wait(TestRuns.Bound));
    }
}
