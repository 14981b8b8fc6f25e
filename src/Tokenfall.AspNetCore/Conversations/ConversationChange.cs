namespace Tokenfall.AspNetCore;

/// <summary>The JSON body that renames a conversation.</summary>
internal sealed record ConversationChange(string? Title);
