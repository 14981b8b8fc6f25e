using System.Collections.Concurrent;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Hashes passwords on a few threads of its own, behind a bounded queue: a hash takes about as long as a thousand tokens, anybody may ask for one,
/// and answers must not wait for them.
/// </summary>
internal sealed class HashingThreads : IDisposable
{
    /// <summary>How many sign-ins may be under way; more are refused.</summary>
    public const int Capacity = 64;

    // For those whom a flood must not keep out.
    private const int Reserved = 16;

    /// <summary>After about this time a refused sign-in may be tried again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<Action> _work = [];
    private readonly Places _forAll = new(Capacity);
    private readonly Places _forKnown = new(Reserved);

    public HashingThreads()
    {
        for (var left = Math.Max(1, Environment.ProcessorCount / 4); left > 0; left--)
            new Thread(Run) { IsBackground = true, Name = "Password hashing" }.Start();
    }

    /// <summary>Takes a place in the queue; disposing the result gives it back.</summary>
    /// <param name="isKnown">Whether it is for a device that has signed in before, which has places of its own.</param>
    /// <returns><see langword="null"/> when there is none left.</returns>
    public IDisposable? TryEnter(bool isKnown = false) => (isKnown ? _forKnown.TryEnter() : null) ?? _forAll.TryEnter();

    /// <summary>Does work on one of the threads. Only for who has a place.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        Hosting.ThreadPriority.LowerOfThisThread();
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }

    private sealed class Places(int count)
    {
        private int _left = count;

        public Place? TryEnter()
        {
            if (Interlocked.Decrement(ref _left) >= 0) return new Place(this);
            Leave();
            return null;
        }

        public void Leave() => Interlocked.Increment(ref _left);
    }

    private sealed class Place(Places places) : IDisposable
    {
        public void Dispose() => places.Leave();
    }
}
