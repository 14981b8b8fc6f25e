namespace Tokenfall;

/// <summary>A run to begin: who answers what, for whom.</summary>
/// <param name="Source">Who answers.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Owner">The principal that the run belongs to.</param>
public sealed record RunRequest(IModelSource Source, ModelRequest Request, string Owner)
{
    /// <summary>What happens when nobody reads; null takes <see cref="TokenfallOptions.Disconnect"/>.</summary>
    public DisconnectPolicy? Disconnect { get; init; }

    /// <summary>
    /// Where it is started, such as the endpoint's path. It can only be read and stopped there, because another place has rules of its own.
    /// </summary>
    public string Scope { get; init; } = "";

    /// <summary>Makes the start safe to repeat; null starts a run each time.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>An id that the reader's error and the server's log share; null takes the run's own id.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the run outlives the call that starts it: its trace is then linked to the caller's instead of being part of it.</summary>
    public bool Detached { get; init; }
}
