using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What was deleted of a person.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ErasedRecords
{
    /// <summary>Creates the result.</summary>
    /// <param name="conversations">How many conversations were deleted.</param>
    /// <param name="messages">How many messages they had.</param>
    /// <param name="runs">How many runs were deleted, with their logs; also those that belonged to no conversation.</param>
    public ErasedRecords(int conversations, int messages, int runs)
    {
        Conversations = conversations;
        Messages = messages;
        Runs = runs;
    }

    /// <summary>How many conversations were deleted.</summary>
    public int Conversations { get; init; }

    /// <summary>How many messages they had.</summary>
    public int Messages { get; init; }

    /// <summary>How many runs were deleted, with their logs; also those that belonged to no conversation.</summary>
    public int Runs { get; init; }
}
