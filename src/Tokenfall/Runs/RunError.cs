namespace Tokenfall;

/// <summary>Why a run failed, as far as its readers may know.</summary>
public sealed record RunError
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">What a program reads.</param>
    /// <param name="retryable">Whether sending the same request again may help.</param>
    public RunError(ErrorCode code, bool retryable)
    {
        Code = code;
        Retryable = retryable;
    }

    /// <summary>What a program reads.</summary>
    public ErrorCode Code { get; init; }

    /// <summary>Whether sending the same request again may help.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long the provider asks to wait, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether some of the answer had arrived.</summary>
    public bool AfterContent { get; init; }

    /// <summary>What a person reads.</summary>
    public string Message => this is { Code: ErrorCode.UpstreamUnavailable, Retryable: true, AfterContent: true }
        ? "The connection to the model was lost. Try again."
        : Code.ToReaderMessage(Retryable);
}
