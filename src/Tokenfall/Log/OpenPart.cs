namespace Tokenfall;

/// <summary>A part that has started but not ended at a position in the log.</summary>
/// <remarks>
/// A text or reasoning ends with the first event of another text, reasoning or tool call, a tool call's arguments with its
/// <see cref="EventKind.ToolCall"/> event, and everything ends with the terminal event.
/// </remarks>
public readonly record struct OpenPart
{
    /// <summary>Creates the part.</summary>
    /// <param name="kind">A text, a reasoning, or a tool call whose arguments are still streaming.</param>
    /// <param name="number">Its number within the kind, from 1.</param>
    /// <param name="start">The payload of its <see cref="EventKind.ToolStart"/> event; empty for the other kinds.</param>
    public OpenPart(PartKind kind, int number, ReadOnlyMemory<byte> start)
    {
        Kind = kind;
        Number = number;
        Start = start;
    }

    /// <summary>A text, a reasoning, or a tool call whose arguments are still streaming.</summary>
    public PartKind Kind { get; init; }

    /// <summary>Its number within the kind, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The payload of its <see cref="EventKind.ToolStart"/> event; empty for the other kinds.</summary>
    public ReadOnlyMemory<byte> Start { get; init; }
}
