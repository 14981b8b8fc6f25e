using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>What the manager does with the journal: it records runs, has their logs written, reads them back, and ends those of dead processes.</summary>
internal sealed class RunJournaling : IDisposable
{
    // So many runs are ended in one transaction after a crash.
    private const int RecoveryBatch = 100;

    private readonly IRunJournal _journal;
    private readonly TokenfallOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    // Null where nothing is stored: then a token costs nothing more.
    private readonly JournalWriter? _writer;

    public RunJournaling(IRunJournal journal, TokenfallOptions options, TimeProvider time, ILogger logger, CancellationToken abandoned)
    {
        _journal = journal;
        _options = options;
        _time = time;
        _logger = logger;
        if (journal is not NoJournal) _writer = new JournalWriter(journal, options.Journal, time, logger, abandoned);
    }

    public bool IsAvailable => _writer?.IsAvailable ?? true;

    /// <summary>Records a run before it starts, and returns the run that its idempotency key belongs to.</summary>
    /// <exception cref="AdmissionException">The run needs its record, and the journal cannot be written.</exception>
    public async ValueTask<RunId> CreateAsync(Run run, CancellationToken cancellationToken)
    {
        if (_writer is null) return run.Id;
        RunId known;
        try
        {
            known = await _journal.CreateAsync(run.Record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not (IdempotencyKeyConflictException or ConversationConflictException or OperationCanceledException))
        {
            // Without its record a repeated start would be paid for again, a question would be lost, and what readers see would not be stored.
            if (run.Key is not null || run.Record.Turn is not null || _options.Journal.Visibility == JournalVisibility.Durable) throw Unavailable(failure);
            JournalLogging.NotRecorded(_logger, LoggedException.Of(failure), run.Id);
            return run.Id;
        }
        if (known == run.Id) _writer.Track(run);
        return known;
    }

    /// <summary>Completes when the end of the run is stored, or could not be.</summary>
    public static Task SettledAsync(Run run) => run.Log.Journal?.Settled ?? Task.CompletedTask;

    /// <summary>Writes what is not written yet.</summary>
    public Task CompleteAsync() => _writer?.CompleteAsync() ?? Task.CompletedTask;

    /// <summary>Restores a run of this owner; null if there is none. A log without a terminal event counts as interrupted.</summary>
    /// <exception cref="AdmissionException">The journal cannot be read, so nobody can say that there is no such run.</exception>
    public async ValueTask<Run?> RestoreAsync(RunId id, string owner, CancellationToken cancellationToken)
    {
        try
        {
            return await _journal.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record && record.Owner == owner
                ? await RestoreAsync(record, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Ends the runs that a dead process left open, as interrupted, with what is there.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await RecoverSomeAsync(cancellationToken).ConfigureAwait(false) is > 0 and var some) count += some;
        if (count > 0) JournalLogging.Recovered(_logger, count);
    }

    public void Dispose() => _writer?.Dispose();

    private async Task<int> RecoverSomeAsync(CancellationToken cancellationToken)
    {
        var ends = new List<RunSegment>();
        foreach (var record in await _journal.FindOrphansAsync(RecoveryBatch, cancellationToken).ConfigureAwait(false))
        {
            var run = await RestoreAsync(record, cancellationToken).ConfigureAwait(false);
            // Its record does not say whether it belongs to a conversation; the store knows.
            ends.Add(run.Log.ToSegment(run.Id, run.Log.Count - 1) with { End = run.End, Answer = AnswerProjection.Of(run) });
        }
        if (ends.Count > 0) await _journal.AppendAsync(ends, cancellationToken).ConfigureAwait(false);
        return ends.Count;
    }

    private async ValueTask<Run> RestoreAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var run = new Run(record, DisconnectPolicy.Continue, _options, _time);
        run.Log.Append(EventKind.Start, []);
        RunEnd? end = null;
        try
        {
            await foreach (var segment in _journal.ReadAsync(record.Id, after: 1, cancellationToken).ConfigureAwait(false))
            {
                run.Log.Append(segment);
                end = segment.End ?? end;
            }
        }
        catch (InvalidDataException damaged)
        {
            // What is damaged of one run keeps neither its beginning nor the other runs, nor the start of the process.
            JournalLogging.Damaged(_logger, LoggedException.Of(damaged), record.Id);
        }
        run.Finish(end ?? RunOutcome.Interrupted.ToEnd(run) with { IsRecovered = true });
        run.SignalEnded();
        return run;
    }

    private AdmissionException Unavailable(Exception failure)
    {
        JournalLogging.Unreadable(_logger, LoggedException.Of(failure));
        return new AdmissionException(AdmissionRejection.StoreUnavailable);
    }
}
