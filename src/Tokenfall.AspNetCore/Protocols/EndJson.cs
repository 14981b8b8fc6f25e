using System.Buffers;
using System.Text.Json;

namespace Tokenfall.AspNetCore;

/// <summary>The data of a <c>done</c> or <c>error</c> event.</summary>
internal static class EndJson
{
    public static ReadOnlySpan<byte> Of(Run run)
    {
        var end = run.End!;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (end.Error is not null) WriteError(json, end.Error, run);
            Write(json, "input_tokens", end.Usage.TotalInputTokens);
            Write(json, "output_tokens", end.Usage.TotalOutputTokens);
            if (end.Error is null) json.WriteString("stop_reason", end.StopReason);
            json.WriteNumber("chars", end.Chars);
            json.WriteString("usage", end.Quality.ToWireName());
            WriteIfKnown(json, "cached_input_tokens", end.Usage.CacheReadTokens);
            WriteIfKnown(json, "cache_write_tokens", end.Usage.CacheWriteTokens);
            WriteIfKnown(json, "reasoning_tokens", end.Usage.ReasoningTokens);
            // Only where another model answered than the one that the start event names.
            if (end.Model is not null && end.Model != run.Model) json.WriteString("model", end.Model);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static void WriteError(Utf8JsonWriter json, RunError error, Run run)
    {
        json.WriteString("code", error.Code.ToWireName());
        json.WriteString("message", error.Message);
        json.WriteBoolean("retryable", error.Retryable);
        json.WriteString("request_id", run.RequestId);
        if (error.RetryAfter is { } wait) json.WriteNumber("retry_after", Math.Ceiling(wait.TotalSeconds));
    }

    private static void Write(Utf8JsonWriter json, string name, long? tokens)
    {
        if (tokens is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, long? tokens)
    {
        if (tokens is { } known) json.WriteNumber(name, known);
    }
}
