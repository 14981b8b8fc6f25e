using System.Text.Json;

namespace Tokenfall;

/// <summary>Keeps a response's usage. Figures are cumulative: a later one replaces the earlier one, an absent one leaves it.</summary>
internal sealed class AnthropicUsage(RunWriter writer)
{
    /// <summary>
    /// Takes <c>message_start</c>'s figures. Its <c>output_tokens</c> is a placeholder of a few tokens: reporting it for an answer
    /// that breaks off would say that a long answer was nearly free, so the output stays unknown until <c>message_delta</c>.
    /// </summary>
    public void Begin(JsonElement usage) => Update(usage, outputTokens: null);

    /// <summary>Takes a <c>message_delta</c>'s figures.</summary>
    public void Update(JsonElement usage) => Update(usage, usage.Number("output_tokens"));

    private void Update(JsonElement usage, int? outputTokens) => writer.Usage(new TokenUsage
    {
        UncachedInputTokens = usage.Number("input_tokens"),
        CacheReadTokens = usage.Number("cache_read_input_tokens"),
        CacheWriteTokens = usage.Number("cache_creation_input_tokens"),
        OutputTokens = outputTokens,
    });
}
