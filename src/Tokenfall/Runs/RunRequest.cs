using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>A run to start.</summary>
public sealed record RunRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="source">The source that answers.</param>
    /// <param name="request">The request to the model.</param>
    /// <param name="owner">The principal the run belongs to.</param>
    public RunRequest(IModelSource source, ModelRequest request, string owner)
    {
        Source = source;
        Request = request;
        Owner = owner;
    }

    /// <summary>The source that answers.</summary>
    public IModelSource Source { get; init; }

    /// <summary>The request to the model.</summary>
    public ModelRequest Request { get; init; }

    /// <summary>The principal the run belongs to.</summary>
    public string Owner { get; init; }

    /// <summary>What happens when nobody is reading; null uses <see cref="TokenfallOptions.Disconnect"/>.</summary>
    public DisconnectPolicy? Disconnect { get; init; }

    /// <summary>
    /// Where the run is started, such as the endpoint's path. It can be read and stopped only there, because other endpoints have their own rules.
    /// </summary>
    public string Scope { get; init; } = "";

    /// <summary>Makes the start idempotent; null starts a new run each time.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>An id that the reader's error and the server's log share; null uses the run's id.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the run outlives the request that starts it. Its trace is then linked to the caller's instead of being part of it.</summary>
    public bool Detached { get; init; }

    /// <summary>Whether the end of the source's stream completes the answer, although nothing in it said so. Otherwise it is truncated.</summary>
    public bool EndOfSequenceCompletes { get; init; }

    /// <summary>What the run adds to a stored conversation; null if it belongs to none. Needs a journal that stores conversations.</summary>
    [Experimental(Seam.DiagnosticId)]
    public ConversationTurn? Turn { get; init; }
}
