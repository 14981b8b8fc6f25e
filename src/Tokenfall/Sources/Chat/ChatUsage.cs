using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Adds usage up over responses. Within one response a figure replaces the one before: it is cumulative.</summary>
internal sealed class ChatUsage
{
    private readonly Dictionary<string, TokenUsage> _responses = [];

    public TokenUsage Total => _responses.Values.Aggregate((sum, usage) => sum.Plus(usage));

    /// <summary>Takes the figures that are there; one that is missing leaves the one before.</summary>
    public void Add(string? responseId, UsageDetails details)
    {
        var before = _responses.GetValueOrDefault(responseId ?? "");
        _responses[responseId ?? ""] = before.UpdatedBy(ToUsage(details));
    }

    // Input here includes cached tokens, and output includes reasoning: the buckets of a run are disjoint.
    private static TokenUsage ToUsage(UsageDetails details)
    {
        var (cached, reasoning) = (Known(details.CachedInputTokenCount), Known(details.ReasoningTokenCount));
        return new TokenUsage
        {
            UncachedInputTokens = Without(Known(details.InputTokenCount), cached),
            CacheReadTokens = cached,
            OutputTokens = Without(Known(details.OutputTokenCount), reasoning),
            ReasoningTokens = reasoning,
        };
    }

    // A figure that is negative, or larger than any model's, says nothing.
    private static long? Known(long? figure) => figure is >= 0 and <= int.MaxValue ? figure : null;

    private static long? Without(long? all, long? part) => all is { } figure ? Math.Max(0, figure - (part ?? 0)) : null;
}
