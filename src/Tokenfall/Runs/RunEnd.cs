namespace Tokenfall;

/// <summary>How a run ended: the content of its terminal event, which each protocol spells in its own way.</summary>
public sealed record RunEnd
{
    /// <summary><see cref="RunStatus.Done"/>, <see cref="RunStatus.Stopped"/>, <see cref="RunStatus.Abandoned"/> or <see cref="RunStatus.Failed"/>.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why the answer is not complete; null if the run did not fail.</summary>
    public RunError? Error { get; init; }

    /// <summary>Why the model stopped, as reported by the provider, or <c>stopped</c> or <c>abandoned</c>; null if the run failed.</summary>
    public string? StopReason { get; init; }

    /// <summary>The model that answered; null if it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens that the run used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The quality of <see cref="Usage"/>.</summary>
    public UsageQuality Quality { get; init; }

    /// <summary>The total length of the answer's text, in UTF-16 code units.</summary>
    public int Chars { get; init; }

    /// <summary>
    /// Whether the process that ran it died, and the end was added later: a reader may have seen more events than were stored.
    /// </summary>
    public bool IsRecovered { get; init; }
}
