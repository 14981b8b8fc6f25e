namespace Tokenfall.Stores.Tests;

/// <summary>What one process has of a journal: it can fail, and from the moment that the process is killed it writes nothing more.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class SwitchedJournal(IRunJournal journal) : IRunJournal
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isKilled;

    public bool Fails { get; set; }

    /// <summary>Completes when nothing is being written, and nothing will be.</summary>
    public async Task KillAsync()
    {
        await _turn.WaitAsync();
        _isKilled = true;
        _turn.Release();
    }

    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken) => WriteAsync(() => journal.CreateAsync(record, cancellationToken));

    public async ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken) => await WriteAsync(async () =>
    {
        await journal.AppendAsync(batch, cancellationToken);
        return true;
    });

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) => journal.FindAsync(run, cancellationToken);

    public ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken) => journal.FindOrphansAsync(max, cancellationToken);

    public IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken) => journal.ReadAsync(run, after, cancellationToken);

    public ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken) => journal.ListDaysAsync(cancellationToken);

    public ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken) => WriteAsync(() => journal.DeleteDayAsync(day, cancellationToken));

    private async ValueTask<T> WriteAsync<T>(Func<ValueTask<T>> write)
    {
        await _turn.WaitAsync();
        try
        {
            return _isKilled || Fails ? throw new IOException("The disk is full.") : await write();
        }
        finally
        {
            _turn.Release();
        }
    }
}
