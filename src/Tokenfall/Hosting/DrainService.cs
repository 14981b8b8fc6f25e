using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Delays shutdown until live runs have ended or <see cref="TokenfallOptions.DrainTime"/> is up. Meanwhile readers can read, resume and stop them.</summary>
/// <remarks>
/// SIGINT (Ctrl+C) during the drain interrupts the remaining runs: a person is waiting. A second SIGTERM does not, because supervisors
/// and wrappers often deliver it twice.
/// </remarks>
internal sealed partial class DrainService(RunManager runs, ILogger<DrainService> logger) : LifecycleService, IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();

    // Runs before Kestrel's StopAsync, after which connections are refused.
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (runs.Count > 0) LogHowToInterrupt(logger);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _interrupt.Token);
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => _ = _interrupt.CancelAsync()))
            await runs.DrainAsync(either.Token).ConfigureAwait(false);
    }

    public void Dispose() => _interrupt.Dispose();

    [LoggerMessage(1, LogLevel.Information, "Waiting for live runs to end. Press Ctrl+C (SIGINT) to interrupt them now")]
    private static partial void LogHowToInterrupt(ILogger logger);
}
