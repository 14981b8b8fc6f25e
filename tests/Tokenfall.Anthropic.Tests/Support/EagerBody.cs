namespace Tokenfall.Tests;

/// <summary>A body that always has more to copy, and leaves it to what it is copied to to look at the token, as HttpClient's may.</summary>
internal sealed class EagerBody(byte[] piece) : MemoryStream
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when something was copied.</summary>
    public Task Begun => _begun.Task;

    public Task Disposed => _disposed.Task;

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        while (true)
        {
            await destination.WriteAsync(piece, cancellationToken);
            _begun.TrySetResult();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
