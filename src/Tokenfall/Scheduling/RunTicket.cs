using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>A run's place in the scheduler: first in its queue, then as a lease, the right to run.</summary>
/// <remarks>Disposing the ticket releases the place. Disposing it again does nothing.</remarks>
[Experimental(Seam.DiagnosticId)]
public abstract class RunTicket : IDisposable
{
    private int _released;

    /// <summary>Waits until the run may start.</summary>
    /// <param name="position">Receives the run's position in the queue, from 1, whenever it changes; its readers get it. Null if nobody needs it.</param>
    /// <param name="cancellationToken">Cancelled when the run is stopped while it waits.</param>
    /// <returns>Completes when the run may start.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="AdmissionException">The run may not start after all.</exception>
    public virtual ValueTask WaitAsync(IProgress<int>? position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) OnReleased();
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the place. Called once.</summary>
    protected abstract void OnReleased();
}
