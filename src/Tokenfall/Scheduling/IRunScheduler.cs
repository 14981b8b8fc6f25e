using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Decides which runs may begin, and when.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default grants every run at once, up to <see cref="LimitOptions"/>.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IRunScheduler
{
    /// <summary>Accepts a run, which may still have to wait for its turn.</summary>
    /// <param name="request">The run to begin.</param>
    /// <returns>The run's place. The executor disposes it when the run has ended, whatever happened.</returns>
    /// <exception cref="AdmissionException">A limit is reached. Nothing was sent to the model.</exception>
    RunTicket Accept(RunRequest request);
}
