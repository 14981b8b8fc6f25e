using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Tokenfall.Tests;

/// <summary>A journal in memory, which two managers can share as two processes share a database.</summary>
internal sealed class TestJournal : IRunJournal
{
    private readonly ConcurrentDictionary<RunId, (RunRecord Record, SortedList<int, RunSegment> Segments)> _runs = new();
    private readonly ConcurrentDictionary<(string Owner, string Key), RunRecord> _keys = new();
    private TaskCompletionSource _appended = NewSignal();

    public bool Fails { get; set; }

    /// <summary>Stores what it is given, and then says that it failed.</summary>
    public bool FailsAfterStoring { get; set; }

    /// <summary>Forgets how runs ended, as a process does that dies before it writes that.</summary>
    public bool LosesEnds { get; set; }

    /// <summary>Completes at the next call, however it ends.</summary>
    public Task Appended => Volatile.Read(ref _appended).Task;

    public ConcurrentQueue<IReadOnlyList<RunSegment>> Batches { get; } = new();

    public ConcurrentDictionary<RunId, ConversationAnswer> Answers { get; } = new();

    public IReadOnlyList<RunSegment> SegmentsOf(RunId run) => [.. _runs[run].Segments.Values];

    public ValueTask<RunId> CreateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (Fails) throw Full();
        var known = record.Key is null ? record : _keys.GetOrAdd((record.Owner, record.Key.Key), record);
        if (known.Key?.Fingerprint != record.Key?.Fingerprint) throw new IdempotencyKeyConflictException();
        if (known == record) _runs[record.Id] = (record, []);
        return ValueTask.FromResult(known.Id);
    }

    public ValueTask AppendAsync(IReadOnlyList<RunSegment> batch, CancellationToken cancellationToken)
    {
        try
        {
            if (Fails) throw Full();
            Batches.Enqueue(batch);
            foreach (var segment in batch)
            {
                if (segment.Answer is not null) Answers.TryAdd(segment.Run, segment.Answer);
                if (segment.Events.Count > 0) _runs[segment.Run].Segments.TryAdd(segment.First, segment);
            }
            return FailsAfterStoring ? throw Full() : ValueTask.CompletedTask;
        }
        finally
        {
            Interlocked.Exchange(ref _appended, NewSignal()).SetResult();
        }
    }

    public ValueTask<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken)
    {
        if (Fails) throw Full();
        return ValueTask.FromResult(_runs.TryGetValue(run, out var known) ? known.Record : null);
    }

    public ValueTask<IReadOnlyList<RunRecord>> FindOrphansAsync(int max, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<RunRecord>>(
        [.. _runs.Values.Where(run => !run.Segments.Values.Any(segment => segment.End is not null)).Select(run => run.Record).Take(max)]);

    public async IAsyncEnumerable<RunSegment> ReadAsync(RunId run, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!_runs.TryGetValue(run, out var known)) yield break;
        foreach (var segment in known.Segments.Values.Where(segment => segment.Last > after)) yield return LosesEnds ? Alive(segment) : segment;
    }

    public ValueTask<IReadOnlyList<JournalDay>> ListDaysAsync(CancellationToken cancellationToken)
    {
        if (Fails) throw Full();
        return ValueTask.FromResult<IReadOnlyList<JournalDay>>(
            [.. _runs.Values.GroupBy(run => DayOf(run.Record)).Select(day => new JournalDay(day.Key, day.Sum(run => run.Segments.Values.Sum(segment => (long)segment.Bytes.Length))))]);
    }

    public ValueTask<int> DeleteDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var ended = _runs.Values.Where(run => DayOf(run.Record) == day && run.Segments.Values.Any(segment => segment.End is not null)).ToList();
        foreach (var (record, _) in ended)
        {
            _runs.TryRemove(record.Id, out _);
            if (record.Key is not null) _keys.TryRemove((record.Owner, record.Key.Key), out _);
        }
        return ValueTask.FromResult(ended.Count);
    }

    private static DateOnly DayOf(RunRecord record) => DateOnly.FromDateTime(record.Created.UtcDateTime);

    // Without its terminal event, which is the last.
    private static RunSegment Alive(RunSegment segment) => segment.End is null ? segment : segment with { End = null, Events = [.. segment.Events.SkipLast(1)] };

    private static IOException Full() => new("The disk is full.");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
