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
}
