using System.Globalization;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Says what an <see cref="ErrorContent"/> among the updates means.</summary>
internal static class ChatErrors
{
    /// <summary>Whether the model declined: the OpenAI client reports what it said as an error.</summary>
    public static bool IsRefusal(ErrorContent error) => string.Equals(error.ErrorCode, "refusal", StringComparison.OrdinalIgnoreCase);

    public static ModelException Of(ErrorContent error)
    {
        var words = $"{error.ErrorCode}: {error.Message} {error.Details}";
        var (code, retryable) = Classify(error.ErrorCode) ?? ProviderErrorCodes.Find(words) ?? (ErrorCode.UpstreamUnavailable, true);
        return new ModelException(code, $"The chat client reports an error: {LogText.Whole(words)}", retryable);
    }

    private static (ErrorCode Code, bool Retryable)? Classify(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and <= 599
            ? UpstreamErrors.FromStatus(status)
            : ProviderErrorCodes.Classify(code);
}
