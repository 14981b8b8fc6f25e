using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What a run adds to a stored conversation: a question, and the answer, which is the run's.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ConversationTurn
{
    /// <summary>Creates the turn.</summary>
    /// <param name="conversation">The conversation's id; one that is new is created with its first question.</param>
    /// <param name="question">The question's id.</param>
    public ConversationTurn(string conversation, string question)
    {
        Conversation = conversation;
        Question = question;
    }

    /// <summary>The conversation's id; one that is new is created with its first question.</summary>
    public string Conversation { get; init; }

    /// <summary>The question's id.</summary>
    public string Question { get; init; }

    /// <summary>The question's text; null if the question is stored already, and gets another answer.</summary>
    public string? Text { get; init; }

    /// <summary>The answer that the question follows; null for a first question. If others follow it already, this is a branch.</summary>
    public string? Parent { get; init; }
}
