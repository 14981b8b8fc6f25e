using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tokenfall;

/// <summary>One answer being generated, from the accepted request to its terminal event. It outlives every connection.</summary>
/// <remarks>All members are thread-safe.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A stop may come at any time, also late; without timers or handles the source of its token has nothing to free.")]
public sealed class Run
{
    // No time stamp: zero would be one that a clock may give.
    private const long NotCalled = long.MinValue;

    private readonly ReaderTracker _readers;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private int _status;
    private int _cause;
    private int _queuePosition;
    private long _stopCalled = NotCalled;

    internal Run(RunRecord record, DisconnectPolicy policy, TokenfallOptions options, TimeProvider time)
    {
        _time = time;
        Record = record;
        Log = new RunLog(time);
        IdUtf8 = Encoding.ASCII.GetBytes(record.Id.ToString());
        _readers = new ReaderTracker(policy, options, time, () => Cancel(StopCause.Abandoned));
    }

    /// <summary>The run's name. Not an authorization.</summary>
    public RunId Id => Record.Id;

    /// <summary><see cref="Id"/> as bytes, for writers.</summary>
    public ReadOnlyMemory<byte> IdUtf8 { get; }

    /// <summary>The principal that may read and stop it.</summary>
    public string Owner => Record.Owner;

    /// <summary>Where it was started; see <see cref="RunRequest.Scope"/>.</summary>
    public string Scope => Record.Scope;

    /// <summary>The model asked, where known.</summary>
    public string? Model => Record.Model;

    /// <summary>The id that the reader's error and the server's log share.</summary>
    public string RequestId => Record.RequestId;

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset Created => Record.Created;

    /// <summary>How it ended; null while it is alive. It is there before the terminal event can be read.</summary>
    public RunEnd? End { get; private set; }

    /// <summary>
    /// Whether its log was read back from a journal that did not have its end: a reader may have seen more of it than there is now.
    /// </summary>
    public bool IsRecovered => End is { IsRecovered: true };

    /// <summary>Its events.</summary>
    public RunLog Log { get; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status => (RunStatus)Volatile.Read(ref _status);

    /// <summary>Its position in the scheduler's queue, from 1; null when it does not wait, or its scheduler does not say.</summary>
    public int? QueuePosition => Volatile.Read(ref _queuePosition) is > 0 and var position ? position : null;

    /// <summary>Completes when the terminal event is in the log and everything the run held is released. Never faults.</summary>
    public Task Ended => _ended.Task;

    internal CancellationToken Stopping => _stop.Token;

    /// <summary>Completes when the run is stopped or interrupted, before any callback of <see cref="Stopping"/> runs.</summary>
    internal Task Cancelled => _cancelled.Task;

    internal StopCause Cause => (StopCause)Volatile.Read(ref _cause);

    internal RunRecord Record { get; }

    internal IdempotencyKey? Key => Record.Key;

    /// <summary>Opens a reader. Dispose it when its connection ends.</summary>
    /// <param name="after">The number of the last event that the reader has; 0 reads from the start.</param>
    /// <returns>The reader. The run counts it until it is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    public RunReader Read(int after = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        var reader = new RunReader(this, after);
        _readers.Add(reader);
        return reader;
    }

    /// <summary>Says that a reader does not return: it said good-bye, or another reader has taken its place. Closes it if it is still open.</summary>
    /// <param name="id">The <see cref="RunReader.Id"/>. One that this run does not know changes nothing.</param>
    /// <remarks>If nobody else is reading, the run waits for <see cref="TokenfallOptions.Grace"/>; under <see cref="DisconnectPolicy.Stop"/> not at all.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public void RemoveReader(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        _readers.EndPromise(id)?.Close(willReturn: false);
    }

    /// <summary>Ends the run: generation stops and the connection to the provider closes. Idempotent; returns at once.</summary>
    public void Stop() => Cancel(StopCause.Stopped);

    /// <summary>Lets the run continue to its end, with or without readers, regardless of its disconnect policy.</summary>
    public void Detach() => _readers.Detach();

    /// <summary>Ends the run because the server is shutting down. Readers get a retryable error.</summary>
    internal void Interrupt() => Cancel(StopCause.Interrupted);

    /// <summary>The time since the run was stopped; meaningless if it was not.</summary>
    internal TimeSpan TimeSinceStop => _time.GetElapsedTime(Volatile.Read(ref _stopCalled));

    /// <summary>Sets the position in the queue and wakes the readers; 0 when the wait is over.</summary>
    internal void SetQueuePosition(int position)
    {
        if (Interlocked.Exchange(ref _queuePosition, position) != position) Log.WakeReaders(immediate: true);
    }

    internal void ReaderLeft(RunReader reader, bool willReturn) => _readers.Remove(reader, willReturn);

    internal void Finish(RunEnd end)
    {
        End = end;
        Volatile.Write(ref _status, (int)end.Status);
        Log.Append(end.Error is null ? EventKind.Done : EventKind.Error, []);
    }

    internal void SignalEnded()
    {
        _readers.Close();
        _ended.TrySetResult();
    }

    private void Cancel(StopCause cause)
    {
        // The first call counts. The time is set before the cause, so that it is valid once the cause is visible.
        if (Interlocked.CompareExchange(ref _stopCalled, _time.GetTimestamp(), NotCalled) != NotCalled) return;
        Volatile.Write(ref _cause, (int)cause);
        _cancelled.TrySetResult();
        // Off the caller's stack: cancelling runs the source's callbacks.
        _ = _stop.CancelAsync();
    }
}
