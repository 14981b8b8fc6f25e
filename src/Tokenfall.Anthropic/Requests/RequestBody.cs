using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Spells a <see cref="ModelRequest"/> as the body of a call (https://docs.claude.com/en/api/messages).</summary>
internal static class RequestBody
{
    /// <summary>The API has no default of its own.</summary>
    internal const int DefaultMaxTokens = 2048;

    // Readable text stays readable, and short: this JSON never meets HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ModelException">The request has something that the Messages API does not take.</exception>
    public static ReadOnlyMemory<byte> Of(ModelRequest request, AnthropicOptions source)
    {
        Unsupported.ThrowIfAny(request.Options);
        var options = request.Options;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("model", options.ModelId ?? source.Model);
            json.WriteNumber("max_tokens", options.MaxOutputTokens ?? DefaultMaxTokens);
            json.WriteBoolean("stream", true);
            WriteSystem(json, request, source);
            WriteSampling(json, options);
            RequestReasoning.Write(json, options);
            RequestTools.Write(json, options);
            RequestMessages.Write(json, request.Messages);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteSystem(Utf8JsonWriter json, ModelRequest request, AnthropicOptions source)
    {
        List<string?> texts = [source.System, request.Options.Instructions];
        foreach (var message in request.Messages)
            if (RequestMessages.IsSystem(message)) texts.AddRange(RequestMessages.SystemTextsOf(message));
        texts.RemoveAll(string.IsNullOrWhiteSpace);
        if (texts.Count > 0) json.WriteString("system", string.Join("\n\n", texts));
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Temperature is { } temperature) json.WriteNumber("temperature", Finite(temperature, nameof(options.Temperature)));
        if (options.TopP is { } topP) json.WriteNumber("top_p", Finite(topP, nameof(options.TopP)));
        if (options.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (options.StopSequences is not { Count: > 0 } sequences) return;
        json.WriteStartArray("stop_sequences");
        foreach (var sequence in sequences) json.WriteStringValue(sequence);
        json.WriteEndArray();
    }

    private static float Finite(float number, string option) =>
        float.IsFinite(number) ? number : throw Unsupported.Option(option, "is not a number");
}
