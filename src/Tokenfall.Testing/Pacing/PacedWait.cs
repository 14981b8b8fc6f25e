using System.Threading.Tasks.Sources;

namespace Tokenfall.Testing.Pacing;

/// <summary>A stream's wait at the <see cref="Pacer"/>, reused for all its waits, so that a wait allocates nothing.</summary>
/// <remarks>One wait at a time. Once cancelled it stays cancelled.</remarks>
internal sealed class PacedWait(Pacer pacer, TimeProvider time) : IValueTaskSource
{
    private const int Idle = 0, Waiting = 1, Cancelled = 2;

    // With a clock that a test moves by hand, continuations must not run inside the call that moves it.
    private readonly bool _inline = time == TimeProvider.System;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Waits until <paramref name="delay"/> after <paramref name="origin"/>, a timestamp of the clock.</summary>
    /// <exception cref="OperationCanceledException"><see cref="Cancel"/> was called.</exception>
    internal ValueTask UntilAsync(long origin, TimeSpan delay)
    {
        var due = origin + (long)(delay.Ticks * ((double)time.TimestampFrequency / TimeSpan.TicksPerSecond));
        if (due <= time.GetTimestamp())
            return ValueTask.CompletedTask;

        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Cancelled)
            throw new OperationCanceledException();
        pacer.Add(this, due);
        return new ValueTask(this, _core.Version);
    }

    internal void Complete()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) != Waiting)
            return;
        _core.RunContinuationsAsynchronously = !_inline;
        _core.SetResult(true);
    }

    internal void Cancel()
    {
        if (Interlocked.Exchange(ref _state, Cancelled) != Waiting)
            return;
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException());
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
