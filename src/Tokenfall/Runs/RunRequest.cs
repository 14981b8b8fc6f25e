namespace Tokenfall;

/// <summary>What <see cref="RunManager.Start"/> needs to know about a run.</summary>
/// <param name="Source">Who answers.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Owner">The principal the run belongs to.</param>
public sealed record RunRequest(IModelSource Source, ModelRequest Request, string Owner)
{
    /// <summary>What happens when nobody reads; null takes <see cref="TokenfallOptions.Disconnect"/>.</summary>
    public DisconnectPolicy? Disconnect { get; init; }

    /// <summary>
    /// The place it is started at, such as the endpoint's path: whoever reads or stops it elsewhere would go round that place's own rules.
    /// </summary>
    public string Scope { get; init; } = "";

    /// <summary>Makes the start safe to repeat; null starts a run each time.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>An id that the reader's error and the server's log share; null takes the run's own id.</summary>
    public string? RequestId { get; init; }
}
