using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Texts as updates. Nothing in them says that the answer is complete: the endpoint's <see cref="EndOfSequenceMetadata"/> does.</summary>
internal static class TextUpdates
{
    public static IAsyncEnumerable<ChatResponseUpdate> Of(IAsyncEnumerable<string> texts) =>
        texts.Select(text => new ChatResponseUpdate(ChatRole.Assistant, text));
}
