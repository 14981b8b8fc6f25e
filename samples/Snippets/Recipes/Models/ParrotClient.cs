using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Snippets.Recipes.Models;

// snippet: own-chat-client
public sealed class ParrotClient : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var words = messages.Last().Text.Split(' ');
        foreach (var word in words)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
        }
        // Without these figures the usage of a complete answer is unknown.
        var usage = new UsageContent(new UsageDetails { InputTokenCount = words.Length, OutputTokenCount = words.Length });
        // Without a finish reason the answer counts as cut off, and ends with the error "truncated".
        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop, Contents = [usage] };
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    // The metadata name the model to readers and in logs.
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("parrots", defaultModelId: "parrot")
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
// end snippet
