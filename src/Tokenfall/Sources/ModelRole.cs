namespace Tokenfall;

/// <summary>Who said a message of a conversation.</summary>
public enum ModelRole
{
    /// <summary>The person who asks.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
