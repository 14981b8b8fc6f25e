using Microsoft.Extensions.Hosting;

namespace Tokenfall.AspNetCore;

/// <summary>Lets live runs end before the server stops listening, so that their readers can still read, resume and stop.</summary>
internal sealed class DrainService(RunManager runs, OpenResponses open) : IHostedLifecycleService
{
    // Before Kestrel's own StopAsync: after that, connections are refused.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await runs.DrainAsync(cancellationToken);
        open.Hurry();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
