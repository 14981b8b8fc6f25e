namespace Tokenfall.Server.Accounts;

/// <summary>
/// Lets one sign-in at a time judge an account, so that each sees the failures counted before it. A fixed number of locks is shared by
/// all accounts: names that nobody has cannot make it grow. Holds within one process, which is all that an embedded store serves.
/// </summary>
internal sealed class AccountLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for its turn; disposing the result ends it. Safe from any thread.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async Task<IDisposable> EnterAsync(string account, CancellationToken cancellationToken)
    {
        // String hashes are random per process: nobody can choose an e-mail that shares a lock with someone else's.
        var turn = _locks[(uint)account.GetHashCode(StringComparison.Ordinal) % _locks.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
