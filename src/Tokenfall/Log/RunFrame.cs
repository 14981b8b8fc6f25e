namespace Tokenfall;

/// <summary>One event, or several neighbouring text events of one part joined into one, as a reader gets it.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Number">The number of the last event that it covers, from 1.</param>
/// <param name="Part">The number of its part within <see cref="PartKindExtensions.ToPartKind"/>, from 1; 0 for an event of the run as a whole.</param>
/// <param name="Payload">A view of the log's own bytes, as <see cref="EventKind"/> describes them. Never changes.</param>
public readonly record struct RunFrame(EventKind Kind, int Number, int Part, ReadOnlyMemory<byte> Payload);
