using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Adds usage up over responses, which follow each other. Within one response a figure replaces the one before: it is cumulative.</summary>
internal sealed class ChatUsage
{
    // The official Anthropic SDK's name. Microsoft.Extensions.AI.OpenAI reports no cache writes: that provider has none.
    private const string CacheWrites = "CacheCreationInputTokens";

    private string? _response;
    private TokenUsage _earlier;
    private TokenUsage _current;

    public TokenUsage Total => _earlier.Plus(_current);

    /// <summary>Whether a figure says nothing.</summary>
    public static bool HasUnusable(UsageDetails details) =>
        new TokenUsage
        {
            UncachedInputTokens = details.InputTokenCount, CacheReadTokens = details.CachedInputTokenCount,
            CacheWriteTokens = CacheWritesOf(details),
            OutputTokens = details.OutputTokenCount, ReasoningTokens = details.ReasoningTokenCount,
        }.HasUnusable;

    /// <summary>Takes the figures that are there; one that is missing leaves the one before.</summary>
    public void Add(string? responseId, UsageDetails details)
    {
        if (responseId != _response) (_response, _earlier, _current) = (responseId, Total, default);
        _current = _current.UpdatedBy(ToUsage(details));
    }

    // Input here includes what was read from the cache or written to it, and output includes reasoning: the buckets of a run are disjoint.
    private static TokenUsage ToUsage(UsageDetails details)
    {
        var (cached, reasoning) = (Known(details.CachedInputTokenCount), Known(details.ReasoningTokenCount));
        var written = Known(CacheWritesOf(details));
        return new TokenUsage
        {
            UncachedInputTokens = Without(Known(details.InputTokenCount), (cached ?? 0) + (written ?? 0)),
            CacheReadTokens = cached,
            CacheWriteTokens = written,
            OutputTokens = Without(Known(details.OutputTokenCount), reasoning ?? 0),
            ReasoningTokens = reasoning,
        };
    }

    private static long? CacheWritesOf(UsageDetails details) => details.AdditionalCounts?.TryGetValue(CacheWrites, out var count) == true ? count : null;

    private static long? Known(long? figure) => TokenUsage.Known(figure);

    private static long? Without(long? all, long part) => all is { } figure ? Math.Max(0, figure - part) : null;
}
