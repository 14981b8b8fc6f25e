using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Some conversations of a list, and where the next ones begin.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ConversationPage
{
    /// <summary>Creates the page.</summary>
    /// <param name="conversations">The conversations, newest first.</param>
    /// <param name="next">What to pass to get the next ones; null if there are none.</param>
    public ConversationPage(IReadOnlyList<Conversation> conversations, string? next)
    {
        Conversations = conversations;
        Next = next;
    }

    /// <summary>The conversations, newest first.</summary>
    public IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>What to pass to get the next ones; null if there are none.</summary>
    public string? Next { get; init; }
}
