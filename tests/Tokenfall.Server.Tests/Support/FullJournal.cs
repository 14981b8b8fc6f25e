namespace Tokenfall.Server.Tests.Support;

/// <summary>A journal that takes the records of runs, and nothing of what they say.</summary>
internal sealed class FullJournal : IRunJournal
{
    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken) => ValueTask.FromResult(record.Id);

    public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => throw new IOException("The disk is full.");

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) => ValueTask.FromResult<RunRecord?>(null);

    public ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<RunRecord>>([]);

    public IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RunSegment>();

    public ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<JournalDay>>([]);

    public ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken) => ValueTask.FromResult(0);
}
