namespace Tokenfall;

/// <summary>A part that has started but not ended at a position in the log.</summary>
/// <param name="Kind">A text, a reasoning, or a tool call whose arguments are still streaming.</param>
/// <param name="Number">Its number within the kind, from 1.</param>
/// <param name="Start">The payload of its <see cref="EventKind.ToolStart"/> event; empty for the other kinds.</param>
/// <remarks>
/// A text or reasoning ends with the first event of another text, reasoning or tool call, a tool call's arguments with its
/// <see cref="EventKind.ToolCall"/> event, and everything ends with the terminal event.
/// </remarks>
public readonly record struct OpenPart(PartKind Kind, int Number, ReadOnlyMemory<byte> Start);
