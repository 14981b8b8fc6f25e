using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>A run's place with the scheduler: first in the queue, then its lease, the right to run.</summary>
/// <remarks>Disposing it gives the place back, once; a second time does nothing.</remarks>
[Experimental(Seam.DiagnosticId)]
public abstract class RunTicket : IDisposable
{
    private int _released;

    /// <summary>Waits until the run may begin.</summary>
    /// <param name="position">Is told the run's position in the queue, from 1, whenever it changes; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Cancelled when the run is stopped while it waits.</param>
    public virtual ValueTask WaitAsync(IProgress<int>? position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the place back. Called once.</summary>
    protected abstract void Release();
}
