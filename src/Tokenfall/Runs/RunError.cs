namespace Tokenfall;

/// <summary>Why a run failed, as far as its readers may know.</summary>
/// <param name="Code">What a program reads.</param>
/// <param name="Retryable">Whether sending the same request again may help.</param>
public sealed record RunError(ErrorCode Code, bool Retryable)
{
    /// <summary>How long the provider asks to wait, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What a person reads.</summary>
    public string Message => Code.ToReaderMessage(Retryable);
}
