using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>The runs that were created on one day, and what they take.</summary>
[Experimental(Seam.DiagnosticId)]
public readonly record struct JournalDay
{
    /// <summary>Creates it.</summary>
    /// <param name="day">The day, in UTC.</param>
    /// <param name="bytes">How many bytes their segments take.</param>
    public JournalDay(DateOnly day, long bytes)
    {
        Day = day;
        Bytes = bytes;
    }

    /// <summary>The day, in UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>How many bytes their segments take.</summary>
    public long Bytes { get; init; }
}
