namespace Tokenfall.Tests;

/// <summary>A source whose script is the test's own.</summary>
internal sealed class CallbackSource(Func<RunWriter, CancellationToken, Task> script) : IModelSource
{
    public CallbackSource(Action<RunWriter> script) : this((run, _) =>
    {
        script(run);
        return Task.CompletedTask;
    })
    {
    }

    public string? Model { get; init; } = "fake";

    /// <summary>A source that says nothing until it is cancelled.</summary>
    public static CallbackSource Silent(TaskCompletionSource? started = null) => new(async (_, cancellationToken) =>
    {
        started?.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    });

    public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) => script(writer, cancellationToken);
}
