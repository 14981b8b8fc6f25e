using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>A sequence of texts as a stream of updates. Its end is the end of the answer.</summary>
internal static class TextUpdates
{
    public static async IAsyncEnumerable<ChatResponseUpdate> Of(IAsyncEnumerable<string> texts, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var text in texts.WithCancellation(cancellationToken)) yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        // One that was stopped may just end.
        if (!cancellationToken.IsCancellationRequested) yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
    }
}
