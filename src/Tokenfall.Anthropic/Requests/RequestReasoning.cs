using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes how much to think, and the shape of the answer (https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking).</summary>
internal static class RequestReasoning
{
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Reasoning is { } reasoning) WriteThinking(json, reasoning);
        var effort = EffortOf(options.Reasoning?.Effort);
        var schema = SchemaOf(options.ResponseFormat);
        if (effort is null && schema is null) return;
        json.WriteStartObject("output_config");
        if (effort is not null) json.WriteString("effort", effort);
        if (schema is { } shape)
        {
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            shape.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter json, ReasoningOptions reasoning)
    {
        json.WriteStartObject("thinking");
        json.WriteString("type", reasoning.Effort == ReasoningEffort.None ? "disabled" : "adaptive");
        if (reasoning.Effort != ReasoningEffort.None && reasoning.Output is { } output)
            json.WriteString("display", output == ReasoningOutput.None ? "omitted" : "summarized");
        json.WriteEndObject();
    }

    private static string? EffortOf(ReasoningEffort? effort) => effort switch
    {
        null or ReasoningEffort.None => null,
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => throw Unsupported.Option($"{nameof(ChatOptions.Reasoning)}.{nameof(ReasoningOptions.Effort)}"),
    };

    private static JsonElement? SchemaOf(ChatResponseFormat? format) => format switch
    {
        null or ChatResponseFormatText => null,
        ChatResponseFormatJson { Schema: { } schema } => schema,
        _ => throw Unsupported.Option(nameof(ChatOptions.ResponseFormat), "must be text, or JSON with a schema, for the Messages API"),
    };
}
