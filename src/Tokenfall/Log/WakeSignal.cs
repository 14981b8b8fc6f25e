using System.Threading.Tasks.Sources;

namespace Tokenfall;

/// <summary>What a waiting reader awaits. It is used again for every wait, so that waiting allocates nothing.</summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    public ValueTask Task => new(this, _core.Version);

    public void Reset() => _core.Reset();

    /// <summary>Ends the wait.</summary>
    /// <param name="inline">Whether the awaiting code may run on this thread.</param>
    public void Set(bool inline)
    {
        _core.RunContinuationsAsynchronously = !inline;
        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
