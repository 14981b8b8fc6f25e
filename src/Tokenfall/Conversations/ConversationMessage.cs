using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>A message of a stored conversation: a question, or the answer of a run.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record ConversationMessage
{
    /// <summary>Creates the message.</summary>
    /// <param name="id">Its id: for an answer that of its run.</param>
    /// <param name="parent">The message before it; null for a first question.</param>
    /// <param name="isAnswer">Whether it is the model's; otherwise it is the user's.</param>
    /// <param name="created">When it was asked, or its run accepted.</param>
    public ConversationMessage(string id, string? parent, bool isAnswer, DateTimeOffset created)
    {
        Id = id;
        Parent = parent;
        IsAnswer = isAnswer;
        Created = created;
    }

    /// <summary>Its id: for an answer that of its run.</summary>
    public string Id { get; init; }

    /// <summary>The message before it; null for a first question. Messages with the same parent are branches.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether it is the model's; otherwise it is the user's.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>When it was asked, or its run accepted.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Its parts, as a JSON array; null while its run is writing.</summary>
    public string? Parts { get; init; }

    /// <summary>How the run ended; null for a question, and while the run is writing.</summary>
    public RunEnd? End { get; init; }

    /// <summary>Where its run was started; see <see cref="RunRequest.Scope"/>. Null for a question.</summary>
    public string? Scope { get; init; }
}
