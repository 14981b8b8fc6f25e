namespace Tokenfall.AspNetCore;

/// <summary>The JSON body that renames or imports a conversation.</summary>
/// <param name="Title">The new title; an import without one takes the beginning of its first question.</param>
/// <param name="Messages">What an import stores, oldest message first.</param>
internal sealed record ConversationChange(string? Title, IReadOnlyList<RunRequestMessage>? Messages = null);
