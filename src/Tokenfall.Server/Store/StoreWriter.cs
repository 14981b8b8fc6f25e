namespace Tokenfall.Server.Store;

/// <summary>
/// Runs what writes to the store, one after another, each on a thread of its own. SQLite has one writer, and blocks the thread that waits for it
/// and for the disk: on the thread pool, a few dozen sign-ins or keys at once would take all threads that answers need. Thread-safe.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does work, once all that was given before is done. Work must not call this again.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="work">Reads and writes the store, and waits for nothing else.</param>
    /// <param name="cancellationToken">Ends the wait for a turn, not the work.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A thread that is started for it costs a fraction of what a write does.
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
