namespace Tokenfall;

/// <summary>How a run ended: what its terminal event tells. Each protocol spells it in its own way.</summary>
public sealed record RunEnd
{
    /// <summary><see cref="RunStatus.Done"/>, <see cref="RunStatus.Stopped"/> or <see cref="RunStatus.Failed"/>.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why the answer is not complete; null for a run that did not fail.</summary>
    public RunError? Error { get; init; }

    /// <summary>Why the model stopped, in the provider's word, or <c>stopped</c>; null for a run that failed.</summary>
    public string? StopReason { get; init; }

    /// <summary>The model that answered, where known.</summary>
    public string? Model { get; init; }

    /// <summary>What the run used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>How well <see cref="Usage"/> is known.</summary>
    public UsageQuality Quality { get; init; }

    /// <summary>The length of all answer text, in UTF-16 code units.</summary>
    public int Chars { get; init; }
}
