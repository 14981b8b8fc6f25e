namespace Tokenfall;

/// <summary>What an event's name says, where the data does not.</summary>
internal enum SseEventName
{
    /// <summary>It has none, or the standard's own for that: <c>message</c>.</summary>
    None,

    /// <summary><c>ping</c>, or another name for what only keeps the connection alive.</summary>
    Ping,

    /// <summary><c>error</c>.</summary>
    Error,

    /// <summary>Any other.</summary>
    Other,
}
