namespace Tokenfall;

/// <summary>Who ended a run before its source did. The first one counts.</summary>
internal enum StopCause
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Its owner, or the disconnect policy.</summary>
    Stopped,

    /// <summary>The server, which goes away.</summary>
    Interrupted,
}
