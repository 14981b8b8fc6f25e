using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>A request to a model.</summary>
/// <remarks>Each attempt of an application's source or chat client gets a <see cref="Copy()"/>, because it may change the request.</remarks>
public sealed record ModelRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="options">
    /// System prompt (<see cref="ChatOptions.Instructions"/>), tools, limits, temperature and so on. A source uses what it supports, and rejects the
    /// rest before it sends anything. A null <see cref="ChatOptions.ModelId"/> means the source's own model.
    /// </param>
    public ModelRequest(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        Messages = messages;
        Options = options;
    }

    /// <summary>The conversation, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>
    /// System prompt (<see cref="ChatOptions.Instructions"/>), tools, limits, temperature and so on. A source uses what it supports, and rejects the
    /// rest before it sends anything. A null <see cref="ChatOptions.ModelId"/> means the source's own model.
    /// </summary>
    public ChatOptions Options { get; init; }

    /// <summary>Copies the messages and the options, so that the copy can be changed.</summary>
    /// <returns>The copy.</returns>
    public ModelRequest Copy() => new(Messages.Select(CopyOf).ToArray(), Options.Clone());

    private static ChatMessage CopyOf(ChatMessage message)
    {
        var copy = message.Clone();
        copy.Contents = [.. message.Contents];
        return copy;
    }
}
