namespace Tokenfall;

/// <summary>Who or what ended a run before its source did. The first one counts.</summary>
internal enum StopCause
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Its owner.</summary>
    Stopped,

    /// <summary>Nobody: its readers left and did not come back.</summary>
    Abandoned,

    /// <summary>The server, which goes away.</summary>
    Interrupted,
}
