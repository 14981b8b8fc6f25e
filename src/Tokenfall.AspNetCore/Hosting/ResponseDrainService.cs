using Microsoft.Extensions.Hosting;

namespace Tokenfall.AspNetCore;

/// <summary>When all runs have ended at shutdown, gives responses whose readers take nothing one more second.</summary>
/// <remarks>Kestrel would wait for them: it stops after all services' <see cref="StoppingAsync"/>.</remarks>
internal sealed class ResponseDrainService(RunManager runs, ActiveResponses responses) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host stops services in reverse order, so the runs have drained already: this service was added before theirs.
        await runs.DrainAsync(cancellationToken);
        responses.ShortenTimeouts();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
