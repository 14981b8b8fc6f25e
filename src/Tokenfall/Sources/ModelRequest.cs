using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>What a model is asked.</summary>
/// <param name="Messages">The conversation, oldest first.</param>
/// <param name="Options">
/// System prompt (<see cref="ChatOptions.Instructions"/>), tools, limits, temperature and the like. A source takes what it supports, and refuses the
/// rest before it sends anything. A null <see cref="ChatOptions.ModelId"/> asks the source's own model.
/// </param>
/// <remarks>Each attempt gets a <see cref="Copy()"/>, because clients may change what they are given.</remarks>
public sealed record ModelRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    /// <summary>Copies the messages and the options, so that whoever gets the copy may change it.</summary>
    public ModelRequest Copy() => new([.. Messages.Select(CopyOf)], Options.Clone());

    private static ChatMessage CopyOf(ChatMessage message)
    {
        var copy = message.Clone();
        copy.Contents = [.. message.Contents];
        return copy;
    }
}
