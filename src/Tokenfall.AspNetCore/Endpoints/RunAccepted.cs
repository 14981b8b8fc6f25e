namespace Tokenfall.AspNetCore;

/// <summary>The answer to a caller that starts a run without reading it.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Location">The path at which to read and stop it.</param>
public sealed record RunAccepted(string Run, string Location);
