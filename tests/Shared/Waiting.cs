namespace Tokenfall.Tests;

internal static class Waiting
{
    /// <summary>A bound for hangs, never a pace.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Ends a test that waits for what never comes, instead of hanging.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="Soon(Task)"/>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
