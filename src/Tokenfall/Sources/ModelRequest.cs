namespace Tokenfall;

/// <summary>What a model is asked.</summary>
/// <param name="Messages">The conversation, oldest first; the last message is the user's.</param>
/// <param name="MaxTokens">The longest answer wanted, in tokens.</param>
public sealed record ModelRequest(IReadOnlyList<ModelMessage> Messages, int MaxTokens)
{
    /// <summary>The model to ask instead of the source's own; null asks that one.</summary>
    public string? Model { get; init; }
}
