using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Tokenfall.Sdk.Tests.Streams;

/// <summary>Tokenfall's reading of a stream.</summary>
internal static class TokenfallReader
{
    public static async Task<Reading> ReadAsync(Func<IEnumerable<ReadOnlyMemory<byte>>> pieces)
    {
        using var source = new AnthropicSource(Options.Create(new AnthropicOptions { ApiKey = "secret", CreateHandler = () => new StreamHandler(pieces) }), TimeProvider.System);
        var run = (await EndedRun.OfAsync(source, configure: options => options.Upstream.MaxAttempts = 1)).Run;

        var (text, thinking) = (new StringBuilder(), new StringBuilder());
        var (calls, results) = (new List<string>(), new List<string>());
        using var reader = run.Read();
        while (reader.TryRead(out var frame))
        {
            if (frame.Kind is EventKind.Text or EventKind.Reasoning) (frame.Kind == EventKind.Text ? text : thinking).Append(JsonSerializer.Deserialize<string>($"\"{Encoding.UTF8.GetString(frame.Payload.Span)}\""));
            if (frame.Kind is not (EventKind.ToolCall or EventKind.ToolResult)) continue;
            var json = JsonDocument.Parse(frame.Payload).RootElement;
            if (frame.Kind == EventKind.ToolResult) results.Add(json.GetProperty("id").GetString()!);
            else calls.Add($"{json.GetProperty("id")} {json.GetProperty("name")} {Reading.Canonical(json.GetProperty("input"))}");
        }
        var usage = run.End!.Usage;
        return new Reading(
            text.ToString(), thinking.ToString(), string.Join('\n', calls), string.Join('\n', results), run.End.StopReason,
            $"{usage.UncachedInputTokens ?? 0} + {usage.CacheReadTokens ?? 0} + {usage.CacheWriteTokens ?? 0}, {usage.TotalOutputTokens ?? 0}");
    }
}
