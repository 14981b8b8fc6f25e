namespace Tokenfall;

/// <summary>One event, or several neighbouring text events joined into one, as a reader gets it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The number of the last event that it covers.</param>
/// <param name="Payload">A view of the log's own bytes: escaped text, or a JSON object. Never changes.</param>
public readonly record struct RunFrame(EventKind Kind, int Number, ReadOnlyMemory<byte> Payload);
