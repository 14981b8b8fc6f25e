namespace Tokenfall.Testing.Calls;

/// <summary>Wakes everyone who waits for a change. Take <see cref="Next"/> before looking at what may have changed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    internal Task Next => Volatile.Read(ref _next).Task;

    internal void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
