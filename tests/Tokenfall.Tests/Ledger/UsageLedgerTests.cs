using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

/// <summary>What a manager does with a ledger: it reserves before a run begins, and settles once when it has ended.</summary>
public class UsageLedgerTests
{
    private readonly FakeLogger<RunManager> _logger = new();

    [Fact]
    public async Task Run_IsReservedWithItsEstimateAndSettledWithItsUsage()
    {
        var ledger = new TestLedger();

        await EndedAsync(ledger, writer =>
        {
            writer.Usage(new TokenUsage { UncachedInputTokens = 12, OutputTokens = 39 });
            writer.Complete("end_turn");
        });

        var (reservation, end) = Assert.Single(ledger.Settled);
        Assert.Equal(new TokenUsage { UncachedInputTokens = 2, OutputTokens = 1000 }, reservation.Estimate);
        Assert.Equal((12, 39, UsageQuality.Measured), (end.Usage.TotalInputTokens, end.Usage.TotalOutputTokens, end.Quality));
    }

    [Fact]
    public async Task Reservation_ThatIsRefused_StartsNothingAndHoldsNothing()
    {
        var ledger = new TestLedger { Refuses = true };
        var manager = NewManager(ledger);
        var source = new HeldSource();

        await Assert.ThrowsAsync<AdmissionException>(() => manager.StartAsync(new RunRequest(source, TestRuns.Request, "ann")).AsTask());

        Assert.Equal((0, 0), (source.Calls, manager.Count));
        Assert.Empty(ledger.Settled);
        await manager.DrainAsync().WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Ledger_ThatFailsToSettle_TakesNothingFromTheReader()
    {
        var run = await EndedAsync(new TestLedger { FailsToSettle = true }, writer => writer.Complete("end_turn"));

        Assert.Equal(RunStatus.Done, run.Status);
        Assert.True(_logger.Collector.Has(LogLevel.Error, "ledger"), _logger.Collector.Text());
    }

    private async Task<Run> EndedAsync(TestLedger ledger, Action<RunWriter> script)
    {
        var run = await NewManager(ledger).StartAsync(new RunRequest(new CallbackSource(script), TestRuns.Request, "ann"));
        await run.EndedInTime();
        return run;
    }

    private RunManager NewManager(TestLedger ledger) => new(Options.Create(TestRuns.Plain), new FakeTimeProvider(), _logger, ledger: ledger);

    private sealed class TestLedger : IUsageLedger
    {
        public bool Refuses { get; init; }

        public bool FailsToSettle { get; init; }

        public List<(Reservation Reservation, RunEnd End)> Settled { get; } = [];

        public ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken) =>
            Refuses ? throw new AdmissionException(AdmissionRejection.TooManyRuns) : ValueTask.FromResult(new Reservation(run.Id, run.Owner, estimate));

        public ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken)
        {
            if (FailsToSettle) throw new IOException("The database is away.");
            Settled.Add((reservation, outcome));
            return ValueTask.CompletedTask;
        }
    }
}
