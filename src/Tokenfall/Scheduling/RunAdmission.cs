using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Admits runs: registers them as live, gets a ticket from the scheduler, and reserves tokens in the ledger.</summary>
internal sealed class RunAdmission(LiveRuns live, IRunScheduler scheduler, IUsageLedger ledger, UpstreamOptions upstream, ILogger logger)
{
    /// <exception cref="AdmissionException">The server is draining, or a limit is reached. Nothing stays reserved.</exception>
    public async ValueTask<Admission> AdmitAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        live.ThrowIfClosed();
        var ticket = scheduler.Accept(request);
        try
        {
            live.Add();
        }
        catch
        {
            ticket.Dispose();
            throw;
        }
        var admission = new Admission(live, ticket);
        try
        {
            var estimate = new TokenUsage
            {
                UncachedInputTokens = UsageEstimate.OfInput(request.Request),
                OutputTokens = request.Request.Options.MaxOutputTokens ?? upstream.MaxTokens,
            };
            admission.Reservation = await ledger.ReserveAsync(run, estimate, cancellationToken).ConfigureAwait(false);
            return admission;
        }
        catch
        {
            admission.Dispose();
            throw;
        }
    }

    /// <summary>Releases everything, because the run does not start.</summary>
    public ValueTask CancelAsync(Admission admission, CancellationToken cancellationToken)
    {
        admission.Dispose();
        var nothing = new TokenUsage { UncachedInputTokens = 0, OutputTokens = 0 };
        return SettleAsync(admission, new RunEnd { Status = RunStatus.Stopped, Usage = nothing, Quality = UsageQuality.Measured }, cancellationToken);
    }

    /// <summary>Settles the reservation. A failure of the ledger is logged and does not affect the reader.</summary>
    public async ValueTask SettleAsync(Admission admission, RunEnd end, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.SettleAsync(admission.Reservation, end, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            RunLogging.NotSettled(logger, LoggedException.Of(failure), admission.Reservation.Run);
        }
    }
}
