using System.Text.Json;

namespace Tokenfall;

/// <summary>Keeps a response's usage. Figures are cumulative: a later one replaces the earlier one, an absent one leaves it.</summary>
internal sealed class AnthropicUsage(RunWriter writer)
{
    private long? _output;
    private long? _thinking;

    /// <summary>
    /// Takes <c>message_start</c>'s figures. Its <c>output_tokens</c> is a placeholder of a few tokens: reporting it for an answer
    /// that breaks off would say that a long answer was nearly free, so the output stays unknown until <c>message_delta</c>.
    /// </summary>
    public void Begin(JsonElement usage) => writer.Usage(InputOf(usage));

    /// <summary>Takes the figures of a <c>message_delta</c>, or of a message that came whole.</summary>
    public void Update(JsonElement usage)
    {
        var (output, thinking) = (usage.Count("output_tokens"), usage.Field("output_tokens_details").Count("thinking_tokens"));
        if (output < 0 || thinking < 0) writer.UnusableUsage();
        if (output >= 0) _output = output;
        if (thinking >= 0) _thinking = thinking;
        // The provider's output includes the thinking; a run's buckets are disjoint.
        var apart = _thinking <= _output ? _thinking : null;
        writer.Usage(InputOf(usage) with { OutputTokens = _output - (apart ?? 0), ReasoningTokens = apart });
    }

    private static TokenUsage InputOf(JsonElement usage) => new()
    {
        UncachedInputTokens = usage.Count("input_tokens"),
        CacheReadTokens = usage.Count("cache_read_input_tokens"),
        CacheWriteTokens = usage.Count("cache_creation_input_tokens"),
    };
}
