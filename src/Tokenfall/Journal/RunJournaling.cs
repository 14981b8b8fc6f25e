using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Writes runs to the journal and reads them back.</summary>
internal sealed class RunJournaling(IRunJournal journal, TimeProvider time, ILogger logger)
{
    /// <summary>Records a run before it starts, and returns the run that its idempotency key belongs to.</summary>
    public ValueTask<RunId> CreateAsync(Run run, CancellationToken cancellationToken) => journal.CreateAsync(run.Record, cancellationToken);

    /// <summary>Writes the log of an ended run. A failure of the journal is logged and does not affect readers.</summary>
    public async ValueTask AppendAsync(Run run, CancellationToken cancellationToken)
    {
        if (journal is NoJournal) return;
        try
        {
            await journal.AppendAsync([run.Log.ToSegment(run.Id, after: 0) with { End = run.End }], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            RunLogging.NotJournaled(logger, LoggedException.Of(failure), run.Id);
        }
    }

    /// <summary>Restores a run of this owner; null if there is none. A log without a terminal event counts as interrupted.</summary>
    public async ValueTask<Run?> RestoreAsync(RunId id, string owner, TokenfallOptions options, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record || record.Owner != owner) return null;
        var run = new Run(record, DisconnectPolicy.Continue, options, time);
        RunEnd? end = null;
        await foreach (var segment in journal.ReadAsync(id, after: 0, cancellationToken).ConfigureAwait(false))
        {
            run.Log.Append(segment);
            end = segment.End ?? end;
        }
        // A record alone is a run that never began, or whose log could not be written.
        if (run.Log.Count == 0) return null;
        run.IsRecovered = end is null;
        run.Finish(end ?? RunOutcome.Interrupted.ToEnd(run));
        run.SignalEnded();
        return run;
    }
}
