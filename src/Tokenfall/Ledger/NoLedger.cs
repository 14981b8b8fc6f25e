namespace Tokenfall;

/// <summary>Records nothing and allows everything.</summary>
internal sealed class NoLedger : IUsageLedger
{
    public ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Reservation(run.Id, run.Owner, estimate));

    public ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
