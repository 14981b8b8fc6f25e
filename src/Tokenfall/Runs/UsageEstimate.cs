using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Estimates a run's usage from its text, for when the provider gave no figures.</summary>
internal static class UsageEstimate
{
    // English prose and code come to about four bytes of UTF-8 a token with today's tokenizers.
    private const int BytesPerToken = 4;

    /// <summary>About how many tokens the request has; null when it has no messages.</summary>
    public static long? OfInput(ModelRequest request)
    {
        if (request.Messages.Count == 0) return null;
        var characters = 0L;
        for (var i = 0; i < request.Messages.Count; i++) characters += request.Messages[i].Text.Length;
        return characters / BytesPerToken + 1;
    }

    /// <summary>The provider's figures if it finished the answer. Providers send none on an abort, so otherwise the text is measured.</summary>
    /// <remarks>A provider that sent a figure that no model has is believed in nothing: the quality is unknown.</remarks>
    public static (TokenUsage Usage, UsageQuality Quality) Of(RunWriter writer, long? input, RunStatus status)
    {
        var reported = writer.Reported;
        if (writer.StopReason is not null || writer.HasFinalUsage)
            return (reported, reported.OutputTokens is null || writer.HasUnusableUsage ? UsageQuality.Unknown : UsageQuality.Measured);
        // A refused request costs nothing, but no provider says so; a stopped one may have been read by the provider.
        if (status == RunStatus.Failed && !writer.HasContent && reported.TotalInputTokens is null) return (default, UsageQuality.Unknown);
        var measured = (writer.OutputBytes + BytesPerToken - 1) / BytesPerToken;
        var output = Math.Max(measured - (reported.ReasoningTokens ?? 0), reported.OutputTokens ?? 0);
        return (reported with
        {
            UncachedInputTokens = reported.TotalInputTokens is null ? input : reported.UncachedInputTokens,
            OutputTokens = output,
        }, writer.HasUnusableUsage ? UsageQuality.Unknown : UsageQuality.Estimated);
    }
}
