namespace Tokenfall;

/// <summary>Before the application takes requests, ends the runs that a process which died has left open in the journal.</summary>
internal sealed class JournalRecovery(RunManager runs) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken) => runs.RecoverAsync(cancellationToken);
}
