using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Tokenfall.Tests;

/// <summary>A journal in memory, which two managers can share as two processes share a database.</summary>
internal sealed class TestJournal : IRunJournal
{
    private readonly ConcurrentDictionary<RunId, (RunRecord Record, List<RunSegment> Segments)> _runs = new();
    private readonly ConcurrentDictionary<(string Owner, string Key), RunRecord> _keys = new();

    public bool Fails { get; set; }

    /// <summary>Forgets how runs ended, as a process does that dies before it writes that.</summary>
    public bool LosesEnds { get; set; }

    /// <summary>The whole log of a run that has ended, with what readers do not get.</summary>
    public RunSegment LogOf(Run run) => _runs[run.Id].Segments.Single();

    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var known = record.Key is null ? record : _keys.GetOrAdd((record.Owner, record.Key.Key), record);
        if (known.Key?.Fingerprint != record.Key?.Fingerprint) throw new IdempotencyKeyConflictException();
        if (known == record) _runs[record.Id] = (record, []);
        return ValueTask.FromResult(known.Id);
    }

    public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken)
    {
        if (Fails) throw new IOException("The disk is full.");
        foreach (var segment in batch) _runs[segment.Run].Segments.Add(LosesEnds ? segment with { End = null } : segment);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_runs.TryGetValue(run, out var known) ? known.Record : null);

    public async IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var segment in _runs[run].Segments) yield return segment;
    }
}
