namespace Tokenfall;

/// <summary>Counts the runs that are alive, and lets no more begin once the server drains.</summary>
internal sealed class LiveRuns
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closed;

    public int Count { get { lock (_lock) return _count; } }

    public bool IsClosed { get { lock (_lock) return _closed; } }

    /// <exception cref="AdmissionException">The server is shutting down.</exception>
    public void Add()
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _count++;
        }
    }

    /// <exception cref="AdmissionException">The server is shutting down.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed) throw new AdmissionException(AdmissionRejection.Draining);
    }

    public void Remove()
    {
        lock (_lock)
        {
            if (--_count == 0 && _closed) _idle.TrySetResult();
        }
    }

    /// <summary>Lets no more runs begin.</summary>
    /// <returns>Completes when the last one has ended.</returns>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_count == 0) _idle.TrySetResult();
            return _idle.Task;
        }
    }
}
