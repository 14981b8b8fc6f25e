namespace Tokenfall;

/// <summary>What a run used, in tokens. The buckets are disjoint; null means that the provider gave no figure.</summary>
/// <remarks>Providers count differently: Anthropic leaves cached input out of its input figure, OpenAI has it in. Here it is always apart.</remarks>
public readonly record struct TokenUsage
{
    /// <summary>Input that was read without a cache.</summary>
    public long? UncachedInputTokens { get; init; }

    /// <summary>Input that was read from the provider's cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Input that was written to the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>Output, without reasoning where the provider counts that apart.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Reasoning, where the provider counts it apart.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>All input: uncached, cache reads and cache writes.</summary>
    public long? TotalInputTokens => Sum(UncachedInputTokens, CacheReadTokens, CacheWriteTokens);

    /// <summary>All output: answer and reasoning.</summary>
    public long? TotalOutputTokens => Sum(OutputTokens, ReasoningTokens);

    /// <summary>The figures of <paramref name="later"/> where they are known, else those here.</summary>
    /// <param name="later">A later report of the same response: figures are cumulative, so they replace earlier ones.</param>
    public TokenUsage UpdatedBy(TokenUsage later) => new()
    {
        UncachedInputTokens = Known(later.UncachedInputTokens) ?? UncachedInputTokens,
        CacheReadTokens = Known(later.CacheReadTokens) ?? CacheReadTokens,
        CacheWriteTokens = Known(later.CacheWriteTokens) ?? CacheWriteTokens,
        OutputTokens = Known(later.OutputTokens) ?? OutputTokens,
        ReasoningTokens = Known(later.ReasoningTokens) ?? ReasoningTokens,
    };

    /// <summary>The figures of both responses together.</summary>
    /// <param name="other">The usage of another response of the same run.</param>
    public TokenUsage Plus(TokenUsage other) => new()
    {
        UncachedInputTokens = Sum(UncachedInputTokens, other.UncachedInputTokens),
        CacheReadTokens = Sum(CacheReadTokens, other.CacheReadTokens),
        CacheWriteTokens = Sum(CacheWriteTokens, other.CacheWriteTokens),
        OutputTokens = Sum(OutputTokens, other.OutputTokens),
        ReasoningTokens = Sum(ReasoningTokens, other.ReasoningTokens),
    };

    // A negative figure is none.
    private static long? Known(long? figure) => figure >= 0 ? figure : null;

    private static long? Sum(params ReadOnlySpan<long?> figures)
    {
        long? sum = null;
        foreach (var figure in figures)
            if (figure is { } known) sum = (sum ?? 0) + known;
        return sum;
    }
}
