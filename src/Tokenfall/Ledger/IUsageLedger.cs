using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Records what runs may use and did use: tokens are reserved before a run begins and settled when it has ended.</summary>
/// <remarks>Implementations are shared by all runs and must be thread-safe. The default records nothing.</remarks>
[Experimental(Seam.DiagnosticId)]
public interface IUsageLedger
{
    /// <summary>Reserves what a run may use.</summary>
    /// <param name="run">The run.</param>
    /// <param name="estimate">Its estimated input and its longest possible output.</param>
    /// <param name="cancellationToken">Cancelled when the caller has gone.</param>
    /// <returns>The reservation, settled exactly once.</returns>
    /// <exception cref="AdmissionException">A budget does not allow it. Nothing was sent to the model.</exception>
    ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken);

    /// <summary>Replaces a reservation by what the run really used. Called after the terminal event, so readers never wait for it.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="outcome">How the run ended, with its usage.</param>
    ValueTask SettleAsync(Reservation reservation, RunEnd outcome);
}
