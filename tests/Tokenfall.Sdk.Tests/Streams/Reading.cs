using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tokenfall.Sdk.Tests.Streams;

/// <summary>What was read of one stream, in words that both readers share.</summary>
/// <param name="Text">All texts, one after another.</param>
/// <param name="Thinking">All reasoning, one after another.</param>
/// <param name="Calls">Each tool call: id, tool and arguments.</param>
/// <param name="Results">The ids of the calls that were answered in the stream.</param>
/// <param name="StopReason">Why it ended; null when it is not complete.</param>
/// <param name="Usage">Input, cache reads, cache writes and output, in tokens.</param>
internal sealed record Reading(string Text, string Thinking, string Calls, string Results, string? StopReason, string Usage)
{
    /// <summary>One spelling for equal JSON.</summary>
    public static string Canonical(JsonElement json) => Sorted(JsonNode.Parse(json.GetRawText()))?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
