namespace Tokenfall.AspNetCore;

/// <summary>The answer to a caller that starts a run without reading it.</summary>
public sealed record RunAccepted
{
    /// <summary>Creates the answer.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="location">The path at which to read and stop it.</param>
    public RunAccepted(string run, string location)
    {
        Run = run;
        Location = location;
    }

    /// <summary>The run's id.</summary>
    public string Run { get; init; }

    /// <summary>The path at which to read and stop it.</summary>
    public string Location { get; init; }
}
