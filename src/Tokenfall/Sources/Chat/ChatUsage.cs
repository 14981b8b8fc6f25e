using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Adds usage up over responses. Within one response a figure replaces the one before: it is cumulative.</summary>
internal sealed class ChatUsage
{
    private readonly Dictionary<string, (long? Input, long? Output)> _responses = [];

    public int? InputTokens => Sum(_responses.Values.Select(usage => usage.Input));

    public int? OutputTokens => Sum(_responses.Values.Select(usage => usage.Output));

    /// <summary>Takes the figures that are there; one that is missing leaves the one before.</summary>
    public void Add(string? responseId, UsageDetails details)
    {
        var before = _responses.GetValueOrDefault(responseId ?? "");
        _responses[responseId ?? ""] = (details.InputTokenCount ?? before.Input, details.OutputTokenCount ?? before.Output);
    }

    private static int? Sum(IEnumerable<long?> figures)
    {
        var known = figures.Where(figure => figure is not null).ToList();
        return known.Count == 0 ? null : (int)known.Sum()!;
    }
}
