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
    public async Task Journal_ThatFails_TakesNothingFromTheReader()
    {
        _journal.Fails = true;

        var run = await EndedAsync(writer => writer.Complete("end_turn"));

        Assert.Equal(RunStatus.Done, run.Status);
        Assert.True(_logger.Collector.Has(LogLevel.Error, "journal"), _logger.Collector.Text());
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
