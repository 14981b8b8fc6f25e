using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>At shutdown lets live runs finish for <see cref="TokenfallOptions.DrainTime"/>, then interrupts them. It never waits without bound.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without timers or handles the sources of the tokens have nothing to free.")]
internal sealed class RunDrain(LiveRuns live, Func<IEnumerable<Run>> runs, Action interruptAll, Func<Task> completeJournal, TimeSpan drainTime, TimeProvider time, ILogger logger)
{
    /// <summary>How much longer than <see cref="TokenfallOptions.DrainTime"/> the host must wait: for interrupted runs, then for the readers of their ends.</summary>
    public static readonly TimeSpan HostMargin = TimeSpan.FromSeconds(10);

    // For interrupted runs to end, and for the journal and the ledger to record it.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _interruption = new();
    private readonly CancellationTokenSource _abandonment = new();
    private Task? _drain;

    /// <summary>Cancelled when the process no longer waits for its journal and its ledger.</summary>
    public CancellationToken Abandoned => _abandonment.Token;

    /// <summary>Drains. All callers wait for the same drain: what one has waited for, the next does not wait for again.</summary>
    /// <param name="cancellationToken">Cancelled to interrupt the runs at once.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static interruption => ((CancellationTokenSource)interruption!).Cancel(), _interruption);
        Task drain;
        lock (_lock) drain = _drain ??= DrainAsync();
        await drain.ConfigureAwait(false);
    }

    private async Task DrainAsync()
    {
        var idle = live.Close();
        // Taken now: with a small retention a run is forgotten just before it has ended.
        var ended = EndedAsync(idle, [.. runs()]);
        if (!idle.IsCompleted) RunLogging.Draining(logger, live.Count, drainTime);
        if (await CompletesAsync(ended, drainTime, _interruption.Token).ConfigureAwait(false)) return;
        if (live.Count > 0) RunLogging.DrainOver(logger, live.Count);
        interruptAll();
        if (await CompletesAsync(ended, EndTimeout, CancellationToken.None).ConfigureAwait(false)) return;
        RunLogging.DrainAbandoned(logger, EndTimeout);
        // Not awaited: a callback of a journal or a ledger may hang, too.
        _ = _abandonment.CancelAsync();
    }

    private async Task EndedAsync(Task idle, List<Run> first)
    {
        await idle.ConfigureAwait(false);
        // A lease is released just before the terminal event: wait for that too.
        foreach (var run in first.Concat(runs())) await run.Ended.ConfigureAwait(false);
        // Where the journal was away when they ended.
        await completeJournal().ConfigureAwait(false);
    }

    private async Task<bool> CompletesAsync(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
