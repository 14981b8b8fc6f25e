using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Decides which runs may start, and when.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default starts every run at once, up to <see cref="LimitOptions"/>.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IRunScheduler
{
    /// <summary>Accepts a run. It may still have to wait for its turn.</summary>
    /// <param name="request">The run to start.</param>
    /// <returns>The run's ticket. The executor disposes it when the run has ended, whatever the outcome.</returns>
    /// <exception cref="AdmissionException">A limit is reached. Nothing was sent to the model.</exception>
    RunTicket Accept(RunRequest request);
}
