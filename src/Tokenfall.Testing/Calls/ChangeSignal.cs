namespace Tokenfall.Testing.Calls;

/// <summary>Wakes all waiters on a change. Read <see cref="Next"/> before checking what may have changed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    internal Task Next => Volatile.Read(ref _next).Task;

    internal void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
