namespace Tokenfall.Tests;

/// <summary>A source that says "Hello" and then waits until the test lets it finish. Counts its calls, and those still open.</summary>
internal sealed class HeldSource : IModelSource
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private int _open;

    public string? Model => "fake";

    public int Calls => Volatile.Read(ref _calls);

    public int Open => Volatile.Read(ref _open);

    /// <summary>Completes when the first call has said its word.</summary>
    public Task Started => _started.Task.WaitAsync(TestRuns.Bound);

    public void Finish() => _finish.TrySetResult();

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _open);
        try
        {
            writer.Text("Hello");
            _started.TrySetResult();
            await _finish.Task.WaitAsync(cancellationToken);
            writer.Complete("end_turn");
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
