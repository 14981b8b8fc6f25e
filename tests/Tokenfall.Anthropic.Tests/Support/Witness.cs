namespace Tokenfall.Tests;

/// <summary>Stands between a run and its source and keeps what passes.</summary>
internal sealed class Witness(IModelSource source) : IModelSource
{
    public string? Model => source.Model;

    public Exception? Failure { get; private set; }

    /// <summary>Bytes allocated by a source that never waited; null when it did.</summary>
    public long? Allocated { get; private set; }

    public async Task StreamAsync(ModelRequest request, RunWriter run, CancellationToken cancellationToken)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var streaming = source.StreamAsync(request, run, cancellationToken);
            if (streaming.IsCompletedSuccessfully) Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            await streaming;
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }
}
