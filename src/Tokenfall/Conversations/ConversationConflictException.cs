using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>Thrown when a turn does not fit its conversation: the message before it is not there, or an id is used already.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed class ConversationConflictException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit.</param>
    public ConversationConflictException(string message) : base(message)
    {
    }

    // What every store says, in one place.
    internal static ConversationConflictException Unknown() => new("There is no such conversation: it never existed, was deleted, or belongs to someone else.");

    internal static ConversationConflictException InUse() => new("The id of the conversation is in use. Choose another.");

    internal static ConversationConflictException HasMessage(string id) => new($"The conversation has a message {id} already. Give the new one an id of its own, or none.");

    internal static ConversationConflictException NoMessage(string id, bool isAnswer) => new($"The conversation has no {(isAnswer ? "answer" : "question")} {id}.");
}
