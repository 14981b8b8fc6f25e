namespace Tokenfall.Server.Accounts;

/// <summary>
/// Lets one sign-in at a time check an account, so that each sees the failures counted before it. All accounts share a fixed number of
/// locks, so that made-up names cannot make it grow. Works within one process, which is all that an embedded store serves.
/// </summary>
internal sealed class AccountLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Takes the lock of an account; disposing the result releases it. Thread-safe.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<IDisposable> EnterAsync(string account, CancellationToken cancellationToken)
    {
        // String hashes are random per process: nobody can choose an e-mail that shares a lock with someone else's.
        var semaphore = _locks[(uint)account.GetHashCode(StringComparison.Ordinal) % _locks.Length];
        await semaphore.WaitAsync(cancellationToken);
        return new Releaser(semaphore);
    }

    private sealed class Releaser(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
