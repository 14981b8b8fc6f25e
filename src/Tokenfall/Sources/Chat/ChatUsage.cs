using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Adds usage up over responses. Within one response a figure replaces the one before: it is cumulative.</summary>
internal sealed class ChatUsage
{
    private readonly Dictionary<string, UsageDetails> _responses = [];

    public int? InputTokens => Sum(details => details.InputTokenCount);

    public int? OutputTokens => Sum(details => details.OutputTokenCount);

    public void Add(string? responseId, UsageDetails details) => _responses[responseId ?? ""] = details;

    private int? Sum(Func<UsageDetails, long?> figure) =>
        _responses.Values.Any(details => figure(details) is not null) ? (int)_responses.Values.Sum(details => figure(details) ?? 0) : null;
}
