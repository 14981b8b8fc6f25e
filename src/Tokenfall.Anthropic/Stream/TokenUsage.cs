using System.Text.Json;

namespace Tokenfall;

/// <summary>Keeps a response's usage. Figures are cumulative: a later one replaces the earlier one, an absent one leaves it.</summary>
internal sealed class TokenUsage(RunWriter run)
{
    private int? _input;
    private int? _cacheWrites;
    private int? _cacheReads;

    /// <summary>
    /// Takes <c>message_start</c>'s figures. Its <c>output_tokens</c> is a placeholder of a few tokens: reporting it for an answer
    /// that breaks off would say that a long answer was nearly free, so the output stays unknown until <c>message_delta</c>.
    /// </summary>
    public void Begin(JsonElement usage) => Update(usage, outputTokens: null);

    /// <summary>Takes a <c>message_delta</c>'s figures.</summary>
    public void Update(JsonElement usage) => Update(usage, usage.Number("output_tokens"));

    private void Update(JsonElement usage, int? outputTokens)
    {
        _input = usage.Number("input_tokens") ?? _input;
        _cacheWrites = usage.Number("cache_creation_input_tokens") ?? _cacheWrites;
        _cacheReads = usage.Number("cache_read_input_tokens") ?? _cacheReads;
        // Anthropic counts cached tokens apart; here input means everything that the model read, whoever the provider is.
        run.Usage(_input + (_cacheWrites ?? 0) + (_cacheReads ?? 0), outputTokens);
    }
}
