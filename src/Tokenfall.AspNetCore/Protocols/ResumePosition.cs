using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>The position from which a reader resumes.</summary>
/// <param name="After">The number of the last event that the reader has; 0 for none.</param>
/// <param name="Skip">How many frames of the formatter after that event the reader also has, for protocols that count frames instead of events.</param>
[Experimental("TOKENFALL001")]
public readonly record struct ResumePosition(int After, int Skip = 0);
