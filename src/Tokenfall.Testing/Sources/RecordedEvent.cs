namespace Tokenfall.Testing;

/// <summary>One event of a <see cref="RecordedRun"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Part">The number of its part within its kind, from 1; 0 for an event of the run as a whole.</param>
/// <param name="Content">Text as it was said, or the JSON of an event that is not text; empty for the start and the end.</param>
public sealed record RecordedEvent(EventKind Kind, int Part, string Content);
