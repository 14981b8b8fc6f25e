namespace Tokenfall.Testing;

/// <summary>One event of a <see cref="RecordedRun"/>.</summary>
public sealed record RecordedEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="part">The number of its part within its kind, from 1; 0 for an event of the run as a whole.</param>
    /// <param name="content">Text as it was said, or the JSON of an event that is not text; empty for the start and the end.</param>
    public RecordedEvent(EventKind kind, int part, string content)
    {
        Kind = kind;
        Part = part;
        Content = content;
    }

    /// <summary>What it is.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The number of its part within its kind, from 1; 0 for an event of the run as a whole.</summary>
    public int Part { get; init; }

    /// <summary>Text as it was said, or the JSON of an event that is not text; empty for the start and the end.</summary>
    public string Content { get; init; }
}
