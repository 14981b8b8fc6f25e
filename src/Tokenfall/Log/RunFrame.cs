namespace Tokenfall;

/// <summary>One event, or several neighbouring text events of one part joined into one, as a reader gets it.</summary>
public readonly record struct RunFrame
{
    /// <summary>Creates the frame.</summary>
    /// <param name="kind">The kind of event.</param>
    /// <param name="number">The number of the last event that it covers, from 1.</param>
    /// <param name="part">The number of its part within <see cref="PartKindExtensions.ToPartKind"/>, from 1; 0 for an event of the run as a whole.</param>
    /// <param name="payload">A view of the log's own bytes, as <see cref="EventKind"/> describes them. Never changes.</param>
    public RunFrame(EventKind kind, int number, int part, ReadOnlyMemory<byte> payload)
    {
        Kind = kind;
        Number = number;
        Part = part;
        Payload = payload;
    }

    /// <summary>The kind of event.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The number of the last event that it covers, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The number of its part within <see cref="PartKindExtensions.ToPartKind"/>, from 1; 0 for an event of the run as a whole.</summary>
    public int Part { get; init; }

    /// <summary>A view of the log's own bytes, as <see cref="EventKind"/> describes them. Never changes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
