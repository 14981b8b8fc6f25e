namespace Tokenfall;

/// <summary>Stores nothing: runs are kept in memory for <see cref="TokenfallOptions.Retention"/>.</summary>
internal sealed class NoJournal : IRunJournal
{
    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken) => ValueTask.FromResult(record.Id);

    public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) => ValueTask.FromResult<RunRecord?>(null);

    public ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<RunRecord>>([]);

    public async IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        yield break;
    }

    public ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<JournalDay>>([]);

    public ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken) => ValueTask.FromResult(0);
}
