using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Beta.Messages;

namespace Tokenfall.Sdk.Tests.Streams;

/// <summary>The official SDK's reading of a stream.</summary>
internal static class SdkReader
{
    public static async Task<Reading> ReadAsync(byte[] stream)
    {
        using var http = new HttpClient(new StreamHandler(() => [WithEventNames(stream)]));
        var client = new AnthropicClient { ApiKey = "secret" }.WithOptions(options => options with { HttpClient = http, MaxRetries = 0 });
        var request = new MessageCreateParams { Model = "claude-test", MaxTokens = 100, Messages = [new BetaUserMessageParam { Content = "Hi" }] };
        var message = await client.Beta.Messages.CreateStreaming(request).Aggregate();
        var json = JsonSerializer.SerializeToElement(message);
        var blocks = json.GetProperty("content").EnumerateArray().ToList();
        return new Reading(
            string.Concat(Of(blocks, "text").Select(block => block.GetProperty("text").GetString())),
            string.Concat(Of(blocks, "thinking").Select(block => block.GetProperty("thinking").GetString())),
            string.Join('\n', blocks.Where(block => Type(block).EndsWith("tool_use", StringComparison.Ordinal))
                .Select(call => $"{call.GetProperty("id")} {call.GetProperty("name")} {Reading.Canonical(call.GetProperty("input"))}")),
            string.Join('\n', blocks.Where(block => Type(block).EndsWith("tool_result", StringComparison.Ordinal)).Select(result => result.GetProperty("tool_use_id").GetString())),
            json.GetProperty("stop_reason").GetString(),
            UsageOf(json.GetProperty("usage")));
    }

    // The SDK skips data without an event's name; Tokenfall reads the type that is in the data.
    private static byte[] WithEventNames(byte[] stream)
    {
        var lines = Encoding.UTF8.GetString(stream).Split('\n');
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Select((line, i) =>
            line.StartsWith("data: {", StringComparison.Ordinal) && (i == 0 || !lines[i - 1].StartsWith("event:", StringComparison.Ordinal))
                ? $"event: {JsonDocument.Parse(line.AsMemory("data: ".Length)).RootElement.GetProperty("type")}\n{line}" : line)));
    }

    private static IEnumerable<JsonElement> Of(List<JsonElement> blocks, string type) => blocks.Where(block => Type(block) == type);

    private static string Type(JsonElement block) => block.GetProperty("type").GetString()!;

    private static string UsageOf(JsonElement usage) =>
        $"{Figure(usage, "input_tokens")} + {Figure(usage, "cache_read_input_tokens")} + {Figure(usage, "cache_creation_input_tokens")}, {Figure(usage, "output_tokens")}";

    private static long Figure(JsonElement usage, string name) => usage.TryGetProperty(name, out var figure) && figure.ValueKind == JsonValueKind.Number ? figure.GetInt64() : 0;
}
