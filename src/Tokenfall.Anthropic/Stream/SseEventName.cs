namespace Tokenfall;

/// <summary>What an event's name says, where the data does not.</summary>
internal enum SseEventName
{
    /// <summary>It has none.</summary>
    None,

    /// <summary><c>error</c>.</summary>
    Error,

    /// <summary>Any other.</summary>
    Other,
}
