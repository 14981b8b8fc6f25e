namespace Tokenfall.Load;

/// <summary>How a response ended.</summary>
public enum StreamEnd
{
    /// <summary>It is complete: it ended with its last chunk.</summary>
    Clean,

    /// <summary>The connection ended before it was complete.</summary>
    Cut,

    /// <summary>The client aborted it.</summary>
    Aborted,
}
