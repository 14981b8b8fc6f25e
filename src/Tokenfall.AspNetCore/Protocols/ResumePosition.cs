using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>The position from which a reader resumes.</summary>
[Experimental("TOKENFALL001")]
public readonly record struct ResumePosition
{
    /// <summary>Creates the position.</summary>
    /// <param name="after">The number of the last event that the reader has; 0 for none.</param>
    /// <param name="skip">How many frames of the formatter after that event the reader also has, for protocols that count frames instead of events.</param>
    public ResumePosition(int after, int skip = 0)
    {
        After = after;
        Skip = skip;
    }

    /// <summary>The number of the last event that the reader has; 0 for none.</summary>
    public int After { get; init; }

    /// <summary>How many frames of the formatter after that event the reader also has, for protocols that count frames instead of events.</summary>
    public int Skip { get; init; }
}
