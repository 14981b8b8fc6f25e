using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Keeps logs so that they outlive the process.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default keeps nothing: runs live in memory.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IRunJournal
{
    /// <summary>Records a run before it begins. Atomic on owner and idempotency key: of two runs with the same key one is recorded.</summary>
    /// <param name="record">The run.</param>
    /// <param name="cancellationToken">Cancelled when the caller has gone.</param>
    /// <returns>The run that the key belongs to: this one, or the one recorded before.</returns>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for a different request.</exception>
    ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken);

    /// <summary>Appends segments of one or more runs, all or none.</summary>
    /// <param name="batch">The segments, in order for each run.</param>
    /// <param name="cancellationToken">Cancelled when the process gives up.</param>
    ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken);

    /// <summary>Finds a run's record; null when there is none.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="cancellationToken">Cancelled when the caller has gone.</param>
    ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Reads a run's segments in order, beginning with the one that holds the event after <paramref name="after"/>.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="after">The number of the last event that is known already.</param>
    /// <param name="cancellationToken">Cancelled when the caller has gone.</param>
    IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken);
}
