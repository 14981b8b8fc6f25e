namespace Tokenfall;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Content">What was said, as plain text.</param>
public sealed record ModelMessage(ModelRole Role, string Content);
