using Microsoft.AspNetCore.Http;
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

    /// <summary>The run that this call is for: what is asked stays the handler's own.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The request's body, which tells a repeat from another request.</param>
    /// <param name="upstream">Has the longest answer to reserve.</param>
    /// <exception cref="RequestProblemException">The idempotency key cannot be used.</exception>
    public RunRequest ToRunRequest(HttpContext context, byte[] body, UpstreamOptions upstream) =>
        new(this, new ModelRequest([], new ChatOptions { MaxOutputTokens = upstream.MaxTokens }), Caller.OwnerOf(context.User))
        {
            Key = IdempotencyKeyHeader.From(context, () => body),
        };

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await ChatUpdates.WriteFromApplicationAsync(call(scope.ServiceProvider, cancellationToken), writer, cancellationToken);
    }
}
