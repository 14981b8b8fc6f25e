using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>A drain ends even when what it waits for does not.</summary>
public class RunDrainTimeoutTests
{
    private readonly TestClock _time = new();
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly HangingStores _stores = new();

    [Theory]
    [InlineData("reserve")]
    [InlineData("create")]
    [InlineData("append")]
    [InlineData("settle")]
    public async Task Drain_WhileALedgerOrAJournalHangs_IsGivenUp(string call)
    {
        _stores.Hangs = call;
        using var manager = NewManager();
        var start = manager.StartAsync(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann")).AsTask();
        await _stores.Called;

        var drained = manager.DrainAsync();
        await _time.WaitForTimersAsync(1);
        _time.Advance(TestRuns.Plain.DrainTime);
        await _time.WaitForTimersAsync(1);
        Assert.False(drained.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        await drained.WaitAsync(TestRuns.Bound);

        Assert.True(_logger.Collector.Has(LogLevel.Error, "without waiting any longer"));
        _stores.Resume();
        await (await start).EndedInTime();
    }

    [Theory]
    [InlineData("append", "settle")]
    [InlineData("settle", "append")]
    public async Task Store_ThatHangs_DoesNotKeepTheOtherFromItsRecord(string hanging, string other)
    {
        _stores.Hangs = hanging;
        using var manager = NewManager();
        var run = await manager.StartAsync(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann"));
        await _stores.Called;

        await _stores.Finished(other).WaitAsync(TestRuns.Bound);

        _stores.Resume();
        await run.EndedInTime();
    }

    [Theory]
    [InlineData("create")]
    [InlineData("append")]
    [InlineData("settle")]
    public async Task Drain_ThatGivesUp_CancelsTheCall(string call)
    {
        _stores.Hangs = call;
        _stores.Listens = true;
        using var manager = NewManager();
        var start = manager.StartAsync(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann")).AsTask();
        await _stores.Called;

        var drained = manager.DrainAsync(new CancellationToken(canceled: true));
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        await drained.WaitAsync(TestRuns.Bound);

        await _stores.Cancelled.WaitAsync(TestRuns.Bound);
        if (call == "create") await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        else await (await start).EndedInTime();
    }

    [Fact]
    public async Task Drain_WhileTheCancellationOfACallHangs_IsGivenUp()
    {
        using var resume = new ManualResetEventSlim();
        _stores.Hangs = "settle";
        _stores.OnCancelled = resume.Wait;
        using var manager = NewManager();
        var run = await manager.StartAsync(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann"));
        await _stores.Called;

        var drained = manager.DrainAsync(new CancellationToken(canceled: true));
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        try
        {
            await drained.WaitAsync(TestRuns.Bound);
        }
        finally
        {
            resume.Set();
            _stores.Resume();
        }
        await run.EndedInTime();
    }

    [Fact]
    public async Task SecondDrain_AfterOneThatGaveUp_CompletesAtOnce()
    {
        _stores.Hangs = "settle";
        using var manager = NewManager();
        await manager.StartAsync(new RunRequest(new CallbackSource(writer => writer.Complete("end_turn")), TestRuns.Request, "ann"));
        await _stores.Called;
        var drained = manager.DrainAsync(new CancellationToken(canceled: true));
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        await drained.WaitAsync(TestRuns.Bound);

        await manager.DrainAsync().WaitAsync(TestRuns.Bound);

        _stores.Resume();
    }

    private RunManager NewManager() => new(Options.Create(TestRuns.Plain), _time, _logger, ledger: _stores, journal: _stores);

    /// <summary>A journal and a ledger, of which one call hangs.</summary>
    private sealed class HangingStores : IRunJournal, IUsageLedger
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<string, TaskCompletionSource> _finished = new[] { "reserve", "create", "append", "settle" }
            .ToDictionary(call => call, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        public string? Hangs { get; set; }

        public bool Listens { get; set; }

        public Action? OnCancelled { get; set; }

        public Task Called => _called.Task.WaitAsync(TestRuns.Bound);

        public Task Cancelled => _cancelled.Task;

        public Task Finished(string call) => _finished[call].Task;

        public void Resume() => _resumed.TrySetResult();

        public async ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken)
        {
            await PassAsync("reserve", cancellationToken);
            return new Reservation(run.Id, run.Owner, estimate);
        }

        public ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken) => PassAsync("settle", cancellationToken);

        public async ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken)
        {
            await PassAsync("create", cancellationToken);
            return record.Id;
        }

        public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => PassAsync("append", cancellationToken);

        public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) => ValueTask.FromResult<RunRecord?>(null);

        public ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<RunRecord>>([]);

        public ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<JournalDay>>([]);

        public ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken) => ValueTask.FromResult(0);

        public IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RunSegment>();

        private async ValueTask PassAsync(string call, CancellationToken cancellationToken)
        {
            if (call == Hangs)
            {
                if (OnCancelled is not null) cancellationToken.Register(OnCancelled);
                _called.TrySetResult();
                var wait = _resumed.Task.WaitAsync(Listens ? cancellationToken : CancellationToken.None);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (wait.IsCanceled) _cancelled.TrySetResult();
                await wait;
            }
            _finished[call].TrySetResult();
        }
    }
}
