namespace Tokenfall.Bench.Serve;

/// <summary>A model that sends nothing until it is stopped.</summary>
internal sealed class SilentSource : IModelSource
{
    public string? Model => "silent";

    public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
