using System.Security.Cryptography;

namespace Tokenfall;

/// <summary>A cursor over a run's log. It owns no queue and no copy, and never slows the run.</summary>
/// <remarks>
/// For one consumer: call <see cref="TryRead"/> until it returns false, then await <see cref="WaitAsync"/>. Only <see cref="Wake"/> and
/// <see cref="Dispose"/> may be called from other threads. The run counts its readers: dispose the reader when its connection ends.
/// </remarks>
public sealed class RunReader : IDisposable
{
    private readonly Run _run;
    private readonly WakeSignal _signal = new();
    private bool _pendingWake;
    private int _disposed;

    internal RunReader(Run run, int after)
    {
        _run = run;
        Position = after;
    }

    /// <summary>The reader's name, for <see cref="Run.RemoveReader"/>. It is random and not an authorization.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Whether this reader has promised to return when its connection is lost: the run then waits for <see cref="TokenfallOptions.ResumeGrace"/>.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool WillReturn { get; set; }

    /// <summary>The number of the last event read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the code that awaits this reader never blocks. If so, it may run on the thread that appended the event.</summary>
    /// <value>The default value is <see langword="false"/>: it runs on the thread pool.</value>
    internal bool NeverBlocks { get; set; }

    /// <summary>Whether neighbouring text events of one part that are already there come as one frame.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool MergesText { get; set; } = true;

    /// <summary>Whether it is closed, perhaps by <see cref="Run.RemoveReader"/> while its connection is open.</summary>
    public bool IsClosed => Volatile.Read(ref _disposed) != 0;

    /// <summary>The run's position in the queue; null when it does not wait. A reader is woken when it changes.</summary>
    internal int? QueuePosition => _run.QueuePosition;

    // Links of the log's list of waiting readers; guarded by the log's lock.
    internal RunReader? Next { get; set; }
    internal RunReader? Previous { get; set; }
    internal bool IsWaiting { get; set; }

    /// <summary>Reads the next frame. Skips <see cref="EventKind.Opaque"/> events, which are not for readers.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>False if there is nothing more to read yet.</returns>
    public bool TryRead(out RunFrame frame)
    {
        while (_run.Log.TryRead(Position, MergesText, out frame))
        {
            Position = frame.Number;
            if (frame.Kind != EventKind.Opaque) return true;
        }
        return false;
    }

    /// <summary>Waits until there may be something to read, or <see cref="Wake"/> is called. Allocates nothing.</summary>
    /// <returns>Completes when the reader is woken.</returns>
    public ValueTask WaitAsync()
    {
        _signal.Reset();
        return _run.Log.TryWait(this) ? _signal.Task : ValueTask.CompletedTask;
    }

    /// <summary>Ends the wait without an event: for heartbeats, disconnects and deadlines.</summary>
    public void Wake() => _run.Log.Wake(this);

    /// <summary>Closes the reader and ends a wait. If it was the last one, the run's disconnect policy applies.</summary>
    public void Dispose() => Close(WillReturn);

    /// <summary>Closes the reader and ends a wait.</summary>
    /// <param name="willReturn">
    /// True if the reader is expected to return, because it has promised to or because the server sends it away: the run then waits for
    /// <see cref="TokenfallOptions.ResumeGrace"/>, even under <see cref="DisconnectPolicy.Stop"/>.
    /// </param>
    public void Close(bool willReturn)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Wake();
        _run.ReaderLeft(this, willReturn);
    }

    // The application may run a source on its own task scheduler, and continuations must not run there.
    private static bool IsFree => SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    internal void SetPendingWake() => _pendingWake = true;

    internal bool ConsumePendingWake()
    {
        var wake = _pendingWake;
        _pendingWake = false;
        return wake;
    }

    // The link is read first: once signalled, the reader may wait again and be linked elsewhere.
    internal RunReader? SignalAndNext(bool inline)
    {
        var next = Next;
        Next = null;
        _signal.Set(inline && NeverBlocks && IsFree);
        return next;
    }
}
