using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall;

/// <summary>Creates all sources when the host starts, so that what one of them lacks fails the start and not the first question.</summary>
internal sealed class SourceValidator(IServiceProvider services) : LifecycleService
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = services.GetServices<IModelSource>();
        return Task.CompletedTask;
    }
}
