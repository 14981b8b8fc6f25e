using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What was deleted.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ConversationDeletion
{
    /// <summary>Creates the result.</summary>
    /// <param name="conversations">How many conversations were deleted.</param>
    /// <param name="runs">The runs that wrote in them, alive or not.</param>
    public ConversationDeletion(int conversations, IReadOnlyList<RunId> runs)
    {
        Conversations = conversations;
        Runs = runs;
    }

    /// <summary>How many conversations were deleted.</summary>
    public int Conversations { get; init; }

    /// <summary>The runs that wrote in them, alive or not.</summary>
    public IReadOnlyList<RunId> Runs { get; init; }
}
