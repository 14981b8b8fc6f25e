using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore;

/// <summary>One call of a mapped handler. Its services live as long as the run, not as long as the request.</summary>
/// <param name="call">Calls the handler with the services of the run's scope and the run's token.</param>
/// <param name="scopes">Makes the run's scope.</param>
internal sealed class DelegateSource(Func<IServiceProvider, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> call, IServiceScopeFactory scopes) : IModelSource
{
    // Only the handler knows which model it asks.
    public string? Model => null;

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await ChatUpdates.WriteAsync(call(scope.ServiceProvider, cancellationToken), writer, cancellationToken);
    }
}
