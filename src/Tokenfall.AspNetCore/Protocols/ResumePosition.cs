using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>Where a reader goes on.</summary>
/// <param name="After">The number of the last event that it has; 0 for none.</param>
/// <param name="Skip">How many of the formatter's frames after that it has too, for protocols that count frames instead of events.</param>
[Experimental("TOKENFALL001")]
public readonly record struct ResumePosition(int After, int Skip = 0);
