using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What a journal knows about a run besides its events.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Owner">The principal it belongs to.</param>
/// <param name="Scope">Where it was started; see <see cref="RunRequest.Scope"/>.</param>
/// <param name="RequestId">The id that the reader's error and the server's log share.</param>
/// <param name="Created">When it was accepted.</param>
[Experimental(Seam.DiagnosticId)]
public sealed record RunRecord(RunId Id, string Owner, string Scope, string RequestId, DateTimeOffset Created)
{
    /// <summary>The requested model; null if it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>The idempotency key of its start; null if there is none.</summary>
    public IdempotencyKey? Key { get; init; }

    internal static RunRecord Of(RunRequest request, TimeProvider time)
    {
        var id = RunId.New();
        return new(id, request.Owner, request.Scope, request.RequestId ?? id.ToString(), time.GetUtcNow())
        {
            Model = request.Request.Options.ModelId ?? request.Source.Model,
            Key = request.Key,
        };
    }
}
