using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tokenfall;

/// <summary>Lets live runs end before the host stops its other services, so that their readers can still read, resume and stop.</summary>
/// <remarks>
/// SIGINT (Ctrl+C) during the drain interrupts the runs at once: a person is waiting. SIGTERM does not, because supervisors and wrappers
/// pass it on twice.
/// </remarks>
internal sealed partial class DrainService(RunManager runs, ILogger<DrainService> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();

    // Before Kestrel's own StopAsync: after that, connections are refused.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (runs.Count > 0) LogHowToInterrupt(logger);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _interrupt.Token);
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => _ = _interrupt.CancelAsync()))
            await runs.DrainAsync(either.Token).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _interrupt.Dispose();

    [LoggerMessage(1, LogLevel.Information, "Waiting for answers under way. Ctrl+C (SIGINT) interrupts them now")]
    private static partial void LogHowToInterrupt(ILogger logger);
}
