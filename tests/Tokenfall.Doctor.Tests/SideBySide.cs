namespace Tokenfall.Doctor.Tests;

/// <summary>Works on all rows of a table at once, since each mostly waits; each test then awaits its own.</summary>
/// <param name="rows">By name.</param>
/// <param name="atOnce">How many at most, so that they do not disturb each other's timing.</param>
internal sealed class SideBySide<T>(IReadOnlyDictionary<string, Func<Task<T>>> rows, int atOnce)
{
    private readonly Dictionary<string, TaskCompletionSource<T>> _answers =
        rows.ToDictionary(row => row.Key, _ => new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously));

    private int _started;

    public IEnumerable<string> Names => rows.Keys;

    /// <summary>The first call starts all rows.</summary>
    public Task<T> Of(string name)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            _ = Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, RunAsync);
        return _answers[name].Task;
    }

    private async ValueTask RunAsync(KeyValuePair<string, Func<Task<T>>> row, CancellationToken cancellationToken)
    {
        try
        {
            _answers[row.Key].SetResult(await row.Value());
        }
        catch (Exception e)
        {
            _answers[row.Key].SetException(e);
        }
    }
}
