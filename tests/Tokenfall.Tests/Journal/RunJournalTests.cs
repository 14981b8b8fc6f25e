using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>What a manager does with a journal: it writes what ended, and reads what it does not have in memory.</summary>
public class RunJournalTests
{
    private readonly TestJournal _journal = new();
    private readonly FakeLogger<RunManager> _logger = new();

    [Fact]
    public async Task Find_OfARunThatOnlyTheJournalHas_ReadsItsWholeLog()
    {
        var run = await EndedAsync(writer =>
        {
            writer.Reasoning("hm");
            writer.Text("Hé");
            writer.ToolCall("t1", "x", "{}"u8);
            writer.Text("😀");
            writer.Complete("end_turn");
        });

        var found = await NewManager().FindAsync(run.Id, "ann");

        Assert.NotSame(run, found);
        Assert.Equal(Events(run), Events(found!));
        Assert.Equal((run.End, RunStatus.Done, 4), (found!.End, found.Status, found.Log.Chars));
    }

    [Fact]
    public async Task Find_OfSomeoneElsesRunInTheJournal_IsNull()
    {
        var run = await EndedAsync(writer => writer.Complete("end_turn"));

        Assert.Null(await NewManager().FindAsync(run.Id, "eve"));
    }

    [Fact]
    public async Task Find_OfARunWhoseEndWasLost_IsInterrupted()
    {
        _journal.LosesEnds = true;
        var run = await EndedAsync(writer =>
        {
            writer.Text("half");
            writer.Complete("end_turn");
        });

        var found = await NewManager().FindAsync(run.Id, "ann");

        Assert.Equal((RunStatus.Failed, ErrorCode.Interrupted, true), (found!.Status, found.End!.Error!.Code, found.End.Error.Retryable));
        Assert.Equal(("half", 4), (found.Log.Frames()[1].Text(), found.End.Chars));
    }

    [Fact]
    public async Task Start_WithAKeyThatAnotherProcessUsed_AttachesToThatRun()
    {
        var key = new IdempotencyKey("key", "print");
        var run = await EndedAsync(writer => writer.Complete("end_turn"), key);
        var source = new HeldSource();
        var other = NewManager();

        var attached = await other.StartAsync(new RunRequest(source, TestRuns.Request, "ann") { Key = key });

        Assert.Equal((run.Id, 0, 0), (attached.Id, source.Calls, other.Count));
    }

    [Fact]
    public async Task Start_WithAKeyOfAnotherRequest_IsAConflictAndHoldsNothing()
    {
        await EndedAsync(writer => writer.Complete("end_turn"), new IdempotencyKey("key", "print"));
        var other = NewManager();

        await Assert.ThrowsAsync<IdempotencyKeyConflictException>(() =>
            other.StartAsync(new RunRequest(new HeldSource(), TestRuns.Request, "ann") { Key = new IdempotencyKey("key", "other") }).AsTask());

        Assert.Equal(0, other.Count);
    }

    [Fact]
    public async Task Find_OfARunThatNeverBegan_IsInterrupted()
    {
        var record = RunRecord.Of(new RunRequest(CallbackSource.Silent(), TestRuns.Request, "ann"), new FakeTimeProvider());
        await _journal.CreateAsync(record, CancellationToken.None);

        var found = await NewManager().FindAsync(record.Id, "ann");

        Assert.Equal([EventKind.Start, EventKind.Error], found!.Log.Frames().Select(frame => frame.Kind));
    }

    [Fact]
    public async Task Recover_EndsWhatADeadProcessLeft_Once()
    {
        var record = RunRecord.Of(new RunRequest(CallbackSource.Silent(), TestRuns.Request, "ann"), new FakeTimeProvider());
        await _journal.CreateAsync(record, CancellationToken.None);
        await _journal.AppendAsync([new RunSegment(record.Id, 2, [new RunSegmentEvent(EventKind.Text, 0, 4)], "half"u8.ToArray())], CancellationToken.None);
        var ended = await EndedAsync(writer => writer.Complete("end_turn"));

        await NewManager().RecoverAsync(CancellationToken.None);
        await NewManager().RecoverAsync(CancellationToken.None);

        var end = Assert.Single(_journal.SegmentsOf(record.Id), segment => segment.End is not null);
        Assert.Equal((3, ErrorCode.Interrupted, 4, true), (end.First, end.End!.Error!.Code, end.End.Chars, end.End.IsRecovered));
        Assert.Equal(RunStatus.Done, _journal.SegmentsOf(ended.Id)[^1].End!.Status);
        Assert.Contains("interrupted: 1", _logger.Collector.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recover_OfARunWithAGap_KeepsItsBeginning_AndHoldsNothingUp()
    {
        var record = RunRecord.Of(new RunRequest(CallbackSource.Silent(), TestRuns.Request, "ann"), new FakeTimeProvider());
        await _journal.CreateAsync(record, CancellationToken.None);
        await _journal.AppendAsync(
            [
                new RunSegment(record.Id, 2, [new RunSegmentEvent(EventKind.Text, 0, 4)], "half"u8.ToArray()),
                new RunSegment(record.Id, 9, [new RunSegmentEvent(EventKind.Text, 0, 4)], "rest"u8.ToArray()),
            ],
            CancellationToken.None);

        await NewManager().RecoverAsync(CancellationToken.None);
        var found = await NewManager().FindAsync(record.Id, "ann");

        Assert.Equal(("half", ErrorCode.Interrupted), (found!.Log.Frames()[1].Text(), found.End!.Error!.Code));
        Assert.True(_logger.Collector.Has(LogLevel.Error, "damaged"), _logger.Collector.Text());
    }

    [Fact]
    public async Task Start_WithoutAKey_WhileTheJournalFails_TakesNothingFromTheReader()
    {
        _journal.Fails = true;

        var run = await EndedAsync(writer => writer.Complete("end_turn"));

        Assert.Equal(RunStatus.Done, run.Status);
        Assert.True(_logger.Collector.Has(LogLevel.Warning, "journal"), _logger.Collector.Text());
    }

    [Fact]
    public async Task Start_WithAKey_WhileTheJournalFails_IsRejectedAndHoldsNothing()
    {
        _journal.Fails = true;
        var manager = NewManager();
        var source = new HeldSource();

        var rejected = await Assert.ThrowsAsync<AdmissionException>(() =>
            manager.StartAsync(new RunRequest(source, TestRuns.Request, "ann") { Key = new IdempotencyKey("key", "print") }).AsTask());

        Assert.Equal((AdmissionRejection.StoreUnavailable, 0, 0), (rejected.Reason, manager.Count, source.Calls));
    }

    [Fact]
    public async Task Find_WhileTheJournalFails_IsNotANo()
    {
        _journal.Fails = true;

        var rejected = await Assert.ThrowsAsync<AdmissionException>(() => NewManager().FindAsync(RunId.New(), "ann").AsTask());

        Assert.Equal(AdmissionRejection.StoreUnavailable, rejected.Reason);
    }

    [Fact]
    public async Task Drain_WritesTheEndsThatTheJournalDidNotTake()
    {
        var time = new TestClock();
        var manager = new RunManager(Options.Create(TestRuns.Plain), time, _logger, journal: _journal);
        var source = new HeldSource();
        var run = await manager.StartAsync(new RunRequest(source, TestRuns.Request, "ann"));
        _journal.Fails = true;
        source.Finish();
        await run.EndedInTime();

        var drained = manager.DrainAsync();
        await time.WaitForTimersAsync(2);
        _journal.Fails = false;
        time.Advance(TimeSpan.FromSeconds(1));
        await drained.WaitAsync(TestRuns.Bound);

        Assert.Equal(RunStatus.Done, _journal.SegmentsOf(run.Id)[^1].End!.Status);
    }

    private async Task<Run> EndedAsync(Action<RunWriter> script, IdempotencyKey? key = null)
    {
        var run = await NewManager().StartAsync(new RunRequest(new CallbackSource(script), TestRuns.Request, "ann") { Key = key });
        await run.EndedInTime();
        return run;
    }

    private RunManager NewManager() => new(Options.Create(TestRuns.Plain), new FakeTimeProvider(), _logger, journal: _journal);

    private static List<(EventKind, int, int, string)> Events(Run run) =>
        [.. run.Log.Frames().Select(frame => (frame.Kind, frame.Number, frame.Part, frame.Text()))];
}
