using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>A stored conversation, without its messages.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record Conversation
{
    /// <summary>Creates the conversation.</summary>
    /// <param name="id">Its id: 22 characters of base64url. Not an authorization.</param>
    /// <param name="title">Its title.</param>
    /// <param name="created">When its first question was asked.</param>
    /// <param name="updated">When something was last said in it.</param>
    public Conversation(string id, string title, DateTimeOffset created, DateTimeOffset updated)
    {
        Id = id;
        Title = title;
        Created = created;
        Updated = updated;
    }

    /// <summary>Its id: 22 characters of base64url. Not an authorization.</summary>
    public string Id { get; init; }

    /// <summary>Its title.</summary>
    public string Title { get; init; }

    /// <summary>When its first question was asked.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When something was last said in it.</summary>
    public DateTimeOffset Updated { get; init; }
}
