namespace Tokenfall.Load;

/// <summary>What a stream of a load was judged to be.</summary>
public enum Verdict
{
    /// <summary>The whole answer arrived, once.</summary>
    Complete,

    /// <summary>It disconnected in mid-answer, as planned.</summary>
    Left,

    /// <summary>It was still open when the load ended.</summary>
    Unfinished,

    /// <summary>The server did not answer with a stream.</summary>
    Refused,

    /// <summary>The answer ended with an <c>error</c> event.</summary>
    Failed,

    /// <summary>It was cut, went silent, ended without a terminal event, or was malformed.</summary>
    Broken,

    /// <summary>Text is missing.</summary>
    Lost,

    /// <summary>Text arrived twice.</summary>
    Repeated,

    /// <summary>The text has the right length but differs.</summary>
    Changed,
}
