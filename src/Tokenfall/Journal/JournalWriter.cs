using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Writes the logs of all runs of this process to the journal, one batch at a time. It is not a reader: nothing waits for it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The manager disposes it.")]
internal sealed class JournalWriter : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly IRunJournal _journal;
    private readonly bool _isDurable;
    private readonly JournalQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _abandoned;
    private readonly Task _loop;
    private long _awaySince;
    private volatile bool _isAway;

    /// <param name="journal">Takes the batches.</param>
    /// <param name="options">When to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what goes wrong.</param>
    /// <param name="abandoned">Cancelled when the process no longer waits for its journal.</param>
    public JournalWriter(IRunJournal journal, JournalOptions options, TimeProvider time, ILogger logger, CancellationToken abandoned)
    {
        _journal = journal;
        _isDurable = options.Visibility == JournalVisibility.Durable;
        _queue = new JournalQueue(options.FlushInterval, time);
        _time = time;
        _logger = logger;
        _abandoned = abandoned;
        _loop = Task.Run(LoopAsync, CancellationToken.None);
    }

    /// <summary>Whether the journal took the last batch.</summary>
    public bool IsAvailable => !_isAway;

    /// <summary>From now on writes this run's log. Its record is stored already, and its log has nothing but the start.</summary>
    public void Track(Run run) => run.Log.Journal = new JournalCursor(run, this, _isDurable);

    public void Enqueue(JournalCursor cursor, bool immediate)
    {
        _queue.Enqueue(cursor, immediate);
        // It is tried again and again: nobody needs to wait for that.
        if (_isAway && cursor.Run.End is not null) cursor.Settle();
    }

    /// <summary>Writes at once what is not written yet, and takes nothing after that.</summary>
    /// <returns>Completes when it is written, or the process no longer waits for that. Never faults.</returns>
    public Task CompleteAsync()
    {
        Dispose();
        return _loop;
    }

    public void Dispose()
    {
        _queue.MakeAllDue();
        _queue.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await _queue.WaitAsync().ConfigureAwait(false))
            while (NextBatch() is { IsEmpty: false } batch)
                if (!await StoreAsync(batch).ConfigureAwait(false)) return;
    }

    private JournalBatch NextBatch()
    {
        var batch = new JournalBatch();
        while (!batch.IsFull && _queue.TryDequeue(out var cursor))
        {
            if (batch.Has(cursor!))
            {
                // It has grown meanwhile: that is for the next batch.
                _queue.Enqueue(cursor!, immediate: true);
                break;
            }
            if (cursor!.Take() is { } segment) batch.Add(cursor, segment);
        }
        return batch;
    }

    private async Task<bool> StoreAsync(JournalBatch batch)
    {
        while (!batch.IsEmpty)
        {
            try
            {
                await _journal.AppendAsync(batch.Segments, _abandoned).ConfigureAwait(false);
                OnBack();
                batch.OnStored();
                return true;
            }
            catch (Exception failure)
            {
                OnAway(failure);
            }
            // After it counts as away: what is enqueued from now on does not wait, and what was enqueued before is among these.
            var waiting = batch.Cursors.Concat(_queue.Snapshot()).Distinct().ToList();
            foreach (var cursor in waiting.Where(cursor => cursor.Run.End is not null)) cursor.Settle();
            foreach (var cursor in JournalBacklog.Excess(waiting)) Lose(cursor);
            batch.RemoveLost();
            try
            {
                await Task.Delay(RetryDelay, _time, _abandoned).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                foreach (var cursor in batch.Cursors.Concat(_queue.Snapshot()).Distinct()) Lose(cursor);
                return false;
            }
        }
        return true;
    }

    private void Lose(JournalCursor cursor)
    {
        JournalLogging.Lost(_logger, cursor.Run.Id, cursor.PendingBytes);
        cursor.Lose();
    }

    private void OnAway(Exception failure)
    {
        if (_isAway) return;
        _awaySince = _time.GetTimestamp();
        _isAway = true;
        JournalLogging.Away(_logger, LoggedException.Of(failure));
    }

    private void OnBack()
    {
        if (!_isAway) return;
        _isAway = false;
        JournalLogging.Back(_logger, _time.GetElapsedTime(_awaySince));
    }
}
