using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore;

/// <summary>One call of a mapped delegate. Its services live as long as the run, not as long as the request.</summary>
internal sealed class DelegateSource(DelegateBinding binding, object?[] requestValues, IServiceScopeFactory scopes) : IModelSource
{
    // Only the delegate knows which model it asks.
    public string? Model => null;

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var arguments = binding.BindRun(requestValues, scope.ServiceProvider, cancellationToken);
        var updates = binding.Handler.Method.Invoke(binding.Handler.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        await ChatUpdates.WriteAsync((IAsyncEnumerable<ChatResponseUpdate>)updates!, writer, cancellationToken);
    }
}
