using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What a journal knows about a run besides its events.</summary>
[Experimental(Seam.DiagnosticId)]
public sealed record RunRecord
{
    /// <summary>Creates the record.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="owner">The principal it belongs to.</param>
    /// <param name="scope">Where it was started; see <see cref="RunRequest.Scope"/>.</param>
    /// <param name="requestId">The id that the reader's error and the server's log share.</param>
    /// <param name="created">When it was accepted.</param>
    public RunRecord(RunId id, string owner, string scope, string requestId, DateTimeOffset created)
    {
        Id = id;
        Owner = owner;
        Scope = scope;
        RequestId = requestId;
        Created = created;
    }

    /// <summary>The run's id.</summary>
    public RunId Id { get; init; }

    /// <summary>The principal it belongs to.</summary>
    public string Owner { get; init; }

    /// <summary>Where it was started; see <see cref="RunRequest.Scope"/>.</summary>
    public string Scope { get; init; }

    /// <summary>The id that the reader's error and the server's log share.</summary>
    public string RequestId { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The requested model; null if it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>The idempotency key of its start; null if there is none.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>What it adds to a stored conversation; null if it belongs to none.</summary>
    public ConversationTurn? Turn { get; init; }

    internal static RunRecord Of(RunRequest request, TimeProvider time)
    {
        var id = RunId.New();
        return new(id, request.Owner, request.Scope, request.RequestId ?? id.ToString(), time.GetUtcNow())
        {
            Model = request.Request.Options.ModelId ?? request.Source.Model,
            Key = request.Key,
            Turn = request.Turn,
        };
    }
}
