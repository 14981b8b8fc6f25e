namespace Tokenfall;

/// <summary>Remembers which run each owner's key started, as long as the run can be read.</summary>
internal sealed class IdempotencyKeyIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Key), (string Fingerprint, Run Run)> _runs = [];

    /// <summary>The run that the key started before, or the one that <paramref name="begin"/> starts now. Two at once start one.</summary>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for something else.</exception>
    public Run GetOrBegin(string owner, IdempotencyKey key, Func<Run> begin)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue((owner, key.Key), out var known))
                return known.Fingerprint == key.Fingerprint ? known.Run : throw new IdempotencyKeyConflictException();
            var run = begin();
            _runs.Add((owner, key.Key), (key.Fingerprint, run));
            return run;
        }
    }

    public void Forget(Run run)
    {
        if (run.Key is null) return;
        lock (_lock) _runs.Remove((run.Owner, run.Key.Key));
    }
}
