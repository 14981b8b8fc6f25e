namespace Tokenfall;

/// <summary>The tokens that a run used, in disjoint buckets. Null means that the provider gave no figure.</summary>
/// <remarks>Providers count differently: Anthropic excludes cached input from its input figure, OpenAI includes it. Here the two are always separate.</remarks>
public readonly record struct TokenUsage
{
    /// <summary>Input tokens processed without a cache.</summary>
    public long? UncachedInputTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>Output tokens, excluding reasoning if the provider counts it separately.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Reasoning tokens, if the provider counts them separately.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>All input: uncached, cache reads and cache writes.</summary>
    public long? TotalInputTokens => Sum(UncachedInputTokens, CacheReadTokens, CacheWriteTokens);

    /// <summary>All output: answer and reasoning.</summary>
    public long? TotalOutputTokens => Sum(OutputTokens, ReasoningTokens);

    /// <summary>Returns the figures of <paramref name="later"/> where they are known, otherwise the current ones.</summary>
    /// <param name="later">A later report for the same response. Figures are cumulative, so they replace earlier ones.</param>
    /// <returns>The combined figures.</returns>
    public TokenUsage UpdatedBy(TokenUsage later) => new()
    {
        UncachedInputTokens = Known(later.UncachedInputTokens) ?? UncachedInputTokens,
        CacheReadTokens = Known(later.CacheReadTokens) ?? CacheReadTokens,
        CacheWriteTokens = Known(later.CacheWriteTokens) ?? CacheWriteTokens,
        OutputTokens = Known(later.OutputTokens) ?? OutputTokens,
        ReasoningTokens = Known(later.ReasoningTokens) ?? ReasoningTokens,
    };

    /// <summary>Adds the usage of another response.</summary>
    /// <param name="other">The usage of another response of the same run.</param>
    /// <returns>The sum; figures that neither response has stay null.</returns>
    public TokenUsage Plus(TokenUsage other) => new()
    {
        UncachedInputTokens = Sum(UncachedInputTokens, other.UncachedInputTokens),
        CacheReadTokens = Sum(CacheReadTokens, other.CacheReadTokens),
        CacheWriteTokens = Sum(CacheWriteTokens, other.CacheWriteTokens),
        OutputTokens = Sum(OutputTokens, other.OutputTokens),
        ReasoningTokens = Sum(ReasoningTokens, other.ReasoningTokens),
    };

    /// <summary>Whether it has a figure that says nothing.</summary>
    internal bool HasUnusable => this != new TokenUsage().UpdatedBy(this);

    /// <summary>A figure that is negative, or larger than any model's, says nothing: it counts as missing.</summary>
    internal static long? Known(long? figure) => figure is >= 0 and <= int.MaxValue ? figure : null;

    private static long? Sum(params ReadOnlySpan<long?> figures)
    {
        long? sum = null;
        foreach (var figure in figures)
            if (figure is { } known) sum = (sum ?? 0) + known;
        return sum;
    }
}
