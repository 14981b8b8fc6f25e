namespace Tokenfall;

/// <summary>Which of Anthropic's error types means which <see cref="ErrorCode"/> (https://docs.claude.com/en/api/errors).</summary>
internal static class ErrorTypes
{
    /// <summary>Classifies an error; null when its type is not known.</summary>
    /// <remarks>Gateways put the type, or their own provider's, under <c>type</c> or <c>code</c>.</remarks>
    public static (ErrorCode Code, bool Retryable)? Classify(ProviderError error) =>
        // The operator's to solve, not the reader's, whatever type it comes under.
        error.IsSpendLimit ? (ErrorCode.UpstreamUnavailable, false)
        : ProviderErrorCodes.Classify(error.Type)
            ?? ProviderErrorCodes.Classify(error.Code)
            ?? (error.Status is >= 400 and <= 599 ? UpstreamErrors.FromStatus(error.Status.Value) : null);
}
