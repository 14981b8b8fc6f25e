namespace Tokenfall.Tests;

/// <summary>One event of a log.</summary>
internal sealed record LoggedEvent(EventKind Kind, int Part, string Payload);
