using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>An answer as it is stored in its conversation, in whatever way its run ended.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ConversationAnswer
{
    /// <summary>Creates the answer.</summary>
    /// <param name="parts">Its parts, as a JSON array.</param>
    /// <param name="text">Its text, to be searched.</param>
    /// <param name="end">How its run ended.</param>
    public ConversationAnswer(string parts, string text, RunEnd end)
    {
        Parts = parts;
        Text = text;
        End = end;
    }

    /// <summary>Its parts, as a JSON array.</summary>
    public string Parts { get; init; }

    /// <summary>Its text, to be searched.</summary>
    public string Text { get; init; }

    /// <summary>How its run ended.</summary>
    public RunEnd End { get; init; }
}
