namespace Tokenfall;

/// <summary>Remembers which run each owner's key started in this process, as long as the run can be read.</summary>
internal sealed class IdempotencyKeyIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Key), Entry> _entries = [];

    /// <summary>The run that the key started before, or the one that <paramref name="begin"/> starts now. Two at once start one.</summary>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for a different request.</exception>
    public async ValueTask<Run> GetOrBeginAsync(string owner, IdempotencyKey key, Func<ValueTask<Run>> begin, CancellationToken cancellationToken)
    {
        while (true)
        {
            Entry? known;
            var own = new Entry(key.Fingerprint);
            lock (_lock)
            {
                if (!_entries.TryGetValue((owner, key.Key), out known)) _entries.Add((owner, key.Key), own);
            }
            if (known is null) return await BeginAsync(owner, key, own, begin).ConfigureAwait(false);
            if (known.Fingerprint != key.Fingerprint) throw new IdempotencyKeyConflictException();
            // A start that failed has left no entry: try in its place.
            if (await known.Started.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } run) return run;
        }
    }

    public void Remove(Run run)
    {
        if (run.Key is null) return;
        lock (_lock) _entries.Remove((run.Owner, run.Key.Key));
    }

    private async ValueTask<Run> BeginAsync(string owner, IdempotencyKey key, Entry entry, Func<ValueTask<Run>> begin)
    {
        Run? run = null;
        try
        {
            return run = await begin().ConfigureAwait(false);
        }
        finally
        {
            if (run is null)
                lock (_lock) _entries.Remove((owner, key.Key));
            entry.Started.SetResult(run);
        }
    }

    private sealed record Entry(string Fingerprint)
    {
        public TaskCompletionSource<Run?> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
