using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>When the writer writes, what of, and what it does when the journal does not take it.</summary>
public sealed class JournalWriterTests : IDisposable
{
    private readonly TestClock _time = new();
    private readonly TestJournal _journal = new();
    private readonly FakeLogger _logger = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly JournalOptions _options = new();

    private JournalWriter? _writer;

    private JournalWriter Writer => _writer ??= new JournalWriter(_journal, _options, _time, _logger, _abandon.Token);

    [Fact]
    public async Task Append_BeforeTheIntervalIsOver_IsNotWritten()
    {
        var run = await TrackedAsync();
        run.Log.Append(EventKind.Text, "a");

        _time.Advance(_options.FlushInterval - TimeSpan.FromMilliseconds(1));
        await EndOfAnotherAsync();

        Assert.Empty(_journal.SegmentsOf(run.Id));
    }

    [Fact]
    public async Task Runs_OfOneInterval_AreOneBatch()
    {
        var first = await TrackedAsync();
        var second = await TrackedAsync();
        first.Log.Append(EventKind.Text, "a");
        second.Log.Append(EventKind.Text, "b");
        first.Log.Append(EventKind.Text, "c");

        await IntervalAsync();

        Assert.Equal([(first.Id, 2, "ac"), (second.Id, 2, "b")], Assert.Single(_journal.Batches).Select(Described));
    }

    [Fact]
    public async Task Append_AfterABatch_IsInTheNext()
    {
        var run = await TrackedAsync();
        run.Log.Append(EventKind.Text, "a");
        await IntervalAsync();
        run.Log.Append(EventKind.Text, "b");
        await IntervalAsync();

        Assert.Equal([(run.Id, 2, "a"), (run.Id, 3, "b")], _journal.SegmentsOf(run.Id).Select(Described));
    }

    [Fact]
    public async Task End_IsWrittenAtOnce()
    {
        var run = await TrackedAsync();
        run.Log.Append(EventKind.Text, "a");

        run.Finish(Done);
        await run.Log.Journal!.Settled.WaitAsync(TestRuns.Bound);

        var segment = Assert.Single(_journal.SegmentsOf(run.Id));
        Assert.Equal((2, Done), (segment.Events.Count, segment.End));
    }

    [Fact]
    public async Task BatchThatWasStored_AlthoughTheJournalSaidItFailed_IsRepeatedUnchanged()
    {
        var run = await TrackedAsync();
        run.Log.Append(EventKind.Text, "a");
        _journal.FailsAfterStoring = true;
        await IntervalAsync();
        await _time.WaitForTimersAsync(1);
        run.Log.Append(EventKind.Text, "b");
        _journal.FailsAfterStoring = false;

        run.Finish(Done);
        var appended = _journal.Appended;
        _time.Advance(TimeSpan.FromSeconds(1));
        await appended.WaitAsync(TestRuns.Bound);
        await StoredAsync(run);

        Assert.Equal([(run.Id, 2, "a"), (run.Id, 3, "b")], _journal.SegmentsOf(run.Id).Select(Described));
    }

    [Fact]
    public async Task JournalThatFails_IsSaidOnce_AndSaidWhenItIsBack()
    {
        var run = await TrackedAsync();
        _journal.Fails = true;
        run.Log.Append(EventKind.Text, "a");
        await IntervalAsync();
        Assert.False(Writer.IsAvailable);
        await RetryAsync();
        _journal.Fails = false;
        await RetryAsync();
        run.Finish(Done);
        await StoredAsync(run);

        Assert.True(Writer.IsAvailable);
        Assert.Equal([LogLevel.Error, LogLevel.Information], _logger.Collector.GetSnapshot().Select(line => line.Level));
    }

    [Fact]
    public async Task RunWithMoreThanItMayHoldBack_LosesItsJournal_AndTheOthersDoNot()
    {
        var large = await TrackedAsync();
        var small = await TrackedAsync();
        _journal.Fails = true;
        small.Log.Append(EventKind.Text, "a");
        large.Log.Append(EventKind.Text, new byte[JournalBacklog.MaxBytesOfRun + 1]);
        await IntervalAsync();
        await _time.WaitForTimersAsync(1);

        Assert.True(large.Log.Journal!.IsLost);
        Assert.False(small.Log.Journal!.IsLost);
        Assert.True(_logger.Collector.Has(LogLevel.Error, large.Id.ToString()), _logger.Collector.Text());
    }

    [Fact]
    public async Task Excess_OfManyRuns_TakesTheLargestUntilTheRestFits()
    {
        var runs = new List<Run>();
        for (var i = 0; i < 17; i++)
        {
            runs.Add(await TrackedAsync());
            runs[i].Log.Append(EventKind.Text, new byte[JournalBacklog.MaxBytesOfRun - i]);
        }

        Assert.Equal([runs[0].Log.Journal], JournalBacklog.Excess(runs.Select(run => run.Log.Journal!)));
    }

    // A second segment would begin where the first one does: a journal ignores it as a repetition, and what is behind it is lost.
    [Fact]
    public async Task Run_ThatIsDueTwice_HasOneSegmentInABatch()
    {
        _options.Visibility = JournalVisibility.Durable;
        var other = await TrackedAsync();
        var run = await TrackedAsync();
        _journal.Fails = true;
        var appended = _journal.Appended;
        other.Log.Append(EventKind.Text, "x");
        await appended.WaitAsync(TestRuns.Bound);
        run.Log.Append(EventKind.Text, "a");
        run.Finish(Done);
        _journal.Fails = false;

        await RetryAsync();
        await StoredAsync(run);

        Assert.Single(_journal.Batches.SelectMany(batch => batch), segment => segment.Run == run.Id);
    }

    [Fact]
    public async Task Durable_ReadersSeeAnEventWhenItIsStored()
    {
        _options.Visibility = JournalVisibility.Durable;
        var run = await TrackedAsync();
        _journal.Fails = true;
        var appended = _journal.Appended;
        run.Log.Append(EventKind.Text, "a");
        await appended.WaitAsync(TestRuns.Bound);
        Assert.Equal((1, false), (run.Log.Count, run.Log.TryRead(1, out _)));
        using var reader = run.Read(after: 1);
        var wait = reader.WaitAsync();
        Assert.False(wait.IsCompleted);

        _journal.Fails = false;
        await RetryAsync();
        await wait.AsTask().WaitAsync(TestRuns.Bound);

        Assert.Equal((2, true), (run.Log.Count, run.Log.TryRead(1, out _)));
    }

    [Fact]
    public async Task Durable_RunThatLosesItsJournal_IsInterrupted()
    {
        _options.Visibility = JournalVisibility.Durable;
        var run = await TrackedAsync();
        _journal.Fails = true;
        run.Log.Append(EventKind.Text, new byte[JournalBacklog.MaxBytesOfRun + 1]);

        await run.Cancelled.WaitAsync(TestRuns.Bound);

        Assert.Equal(StopCause.Interrupted, run.Cause);
    }

    [Fact]
    public async Task Complete_WritesWhatWaits()
    {
        var run = await TrackedAsync();
        run.Log.Append(EventKind.Text, "a");

        await Writer.CompleteAsync().WaitAsync(TestRuns.Bound);

        Assert.Equal([(run.Id, 2, "a")], _journal.SegmentsOf(run.Id).Select(Described));
    }

    [Fact]
    public async Task Abandoned_WhileTheJournalFails_SaysWhatIsLost()
    {
        var run = await TrackedAsync();
        _journal.Fails = true;
        run.Log.Append(EventKind.Text, "a");
        await IntervalAsync();

        await _abandon.CancelAsync();
        await Writer.CompleteAsync().WaitAsync(TestRuns.Bound);

        Assert.True(_logger.Collector.Has(LogLevel.Error, run.Id.ToString()), _logger.Collector.Text());
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _abandon.Dispose();
    }

    private static RunEnd Done => new() { Status = RunStatus.Done, StopReason = "end_turn" };

    private async Task<Run> TrackedAsync()
    {
        var run = TestRuns.Bare(time: _time);
        run.Log.Append(EventKind.Start, []);
        await _journal.CreateAsync(run.Record, CancellationToken.None);
        Writer.Track(run);
        return run;
    }

    private async Task IntervalAsync()
    {
        var appended = _journal.Appended;
        _time.Advance(_options.FlushInterval);
        await appended.WaitAsync(TestRuns.Bound);
    }

    private async Task RetryAsync()
    {
        await _time.WaitForTimersAsync(1);
        var appended = _journal.Appended;
        _time.Advance(TimeSpan.FromSeconds(1));
        await appended.WaitAsync(TestRuns.Bound);
    }

    // The writer has looked at what is due once this is stored.
    private async Task EndOfAnotherAsync()
    {
        var other = await TrackedAsync();
        other.Finish(Done);
        await StoredAsync(other);
    }

    private async Task StoredAsync(Run run)
    {
        while (_journal.Appended is var appended && !_journal.SegmentsOf(run.Id).Any(segment => segment.End is not null)) await appended.WaitAsync(TestRuns.Bound);
    }

    private static (RunId, int, string) Described(RunSegment segment) => (segment.Run, segment.First, Encoding.UTF8.GetString(segment.Bytes.Span));
}
