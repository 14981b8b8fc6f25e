using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Stores logs so that they outlive the process.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default stores nothing: runs are kept in memory.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IRunJournal
{
    /// <summary>
    /// Records a run before it starts, and in the same transaction what it adds to a conversation: its question, and the place of its answer. Atomic on owner
    /// and idempotency key: of two runs with the same key, only one is recorded.
    /// </summary>
    /// <param name="record">The run.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the process shuts down and no longer waits for the journal; not when the caller disconnects, because a run that is recorded starts.
    /// </param>
    /// <returns>The run that the key belongs to: this one, or the one recorded before.</returns>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for a different request.</exception>
    /// <exception cref="ConversationConflictException">The turn does not fit its conversation.</exception>
    ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken);

    /// <summary>Appends segments of one or more runs atomically.</summary>
    /// <param name="batch">The segments; those of one run are in order. A run's first event, its start, is not among them: its record stands for it.</param>
    /// <param name="cancellationToken">Cancelled when the process shuts down and no longer waits for the journal.</param>
    /// <remarks>
    /// After a failure the same batch is repeated until it is taken, so a segment that is stored already must be ignored: the failed call may have
    /// stored it. There is one call at a time.
    /// </remarks>
    /// <returns>Completes when the segments are stored. A failure is logged and does not affect readers.</returns>
    ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken);

    /// <summary>Finds a run's record.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The record; null if there is none.</returns>
    ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Finds runs without an end whose process is gone. They are ended as interrupted when the process starts.</summary>
    /// <param name="max">The most to return; after their ends are appended, the next ones are asked for.</param>
    /// <param name="cancellationToken">Cancelled when the process shuts down.</param>
    /// <returns>Their records; none if there are no more.</returns>
    ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken);

    /// <summary>Reads a run's segments in order, starting with the one that contains the event after <paramref name="after"/>.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="after">The number of the last event already known.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The segments; none if the run is unknown.</returns>
    IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken);

    /// <summary>Lists the days on which the runs that it has were created, so that the oldest can be deleted.</summary>
    /// <param name="cancellationToken">Cancelled when the process shuts down.</param>
    /// <returns>The days, in any order; none if nothing is stored.</returns>
    ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the runs of a day that have ended, without holding up what is written meanwhile. Runs that are alive stay.</summary>
    /// <param name="day">The day of their creation, in UTC.</param>
    /// <param name="cancellationToken">Cancelled when the process shuts down. What is not deleted by then is deleted by the next call.</param>
    /// <returns>How many runs were deleted.</returns>
    ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken);
}
