using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Accounts for tokens: reserves them before a run starts and settles the reservation when it has ended.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default records nothing.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IUsageLedger
{
    /// <summary>Reserves what a run may use.</summary>
    /// <param name="run">The run.</param>
    /// <param name="estimate">Its estimated input and its longest possible output.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The reservation, which is settled exactly once.</returns>
    /// <exception cref="AdmissionException">A budget does not allow it. Nothing was sent to the model.</exception>
    ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken);

    /// <summary>Replaces a reservation with the actual usage. Called after the terminal event, so readers never wait for it.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="outcome">How the run ended, with its usage.</param>
    /// <param name="cancellationToken">Cancelled when the process shuts down and no longer waits for the ledger.</param>
    /// <returns>Completes when the usage is recorded. A failure is logged and does not affect readers.</returns>
    ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken);
}
