namespace Tokenfall.Tests;

/// <summary>Keeps logs whole, with what readers do not get.</summary>
internal sealed class KeptJournal : IRunJournal
{
    private readonly Dictionary<RunId, RunSegment> _logs = [];

    public RunSegment LogOf(Run run) { lock (_logs) return _logs[run.Id]; }

    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken) => ValueTask.FromResult(record.Id);

    public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken)
    {
        lock (_logs)
            foreach (var log in batch) _logs.Add(log.Run, log);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) => ValueTask.FromResult<RunRecord?>(null);

    public IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RunSegment>();
}
