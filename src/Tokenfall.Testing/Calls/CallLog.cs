namespace Tokenfall.Testing.Calls;

/// <summary>The calls so far, in order. Thread-safe.</summary>
internal sealed class CallLog
{
    private readonly Lock _lock = new();
    private readonly List<ModelCall> _calls = [];
    private readonly ChangeSignal _added = new();

    internal IReadOnlyList<ModelCall> Snapshot()
    {
        lock (_lock)
            return [.. _calls];
    }

    internal void Add(ModelCall call)
    {
        lock (_lock)
            _calls.Add(call);
        _added.Raise();
    }

    internal async Task<ModelCall> WaitForAsync(int number, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        while (true)
        {
            var added = _added.Next;
            lock (_lock)
            {
                if (_calls.Count >= number)
                    return _calls[number - 1];
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
