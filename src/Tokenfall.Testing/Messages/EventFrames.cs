using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tokenfall.Testing.Messages;

/// <summary>
/// Spells the events of a Messages stream as SSE frames: <c>event: NAME</c>, and one line of JSON whose <c>type</c> is the name.
/// </summary>
internal static class EventFrames
{
    /// <summary>Raw UTF-8 where possible; emoji become surrogate escapes, so that clients meet both forms.</summary>
    internal static readonly JsonWriterOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    internal static void MessageStart(IBufferWriter<byte> to, string id, string model, int inputTokens) =>
        Write(to, "message_start", json =>
        {
            json.WriteStartObject("message");
            json.WriteString("id", id);
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteString("model", model);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            WriteUsage(json, inputTokens, outputTokens: 1); // a placeholder, as in the real stream
            json.WriteEndObject();
        });

    internal static void BlockStart(IBufferWriter<byte> to, int index, Action<Utf8JsonWriter> block) =>
        Write(to, "content_block_start", json =>
        {
            json.WriteNumber("index", index);
            json.WriteStartObject("content_block");
            block(json);
            json.WriteEndObject();
        });

    internal static void Delta(IBufferWriter<byte> to, int index, string type, string property, string value) =>
        Write(to, "content_block_delta", json =>
        {
            json.WriteNumber("index", index);
            json.WriteStartObject("delta");
            json.WriteString("type", type);
            json.WriteString(property, value);
            json.WriteEndObject();
        });

    internal static void BlockStop(IBufferWriter<byte> to, int index) =>
        Write(to, "content_block_stop", json => json.WriteNumber("index", index));

    internal static void Ping(IBufferWriter<byte> to) => Write(to, "ping", static _ => { });

    internal static void MessageDelta(IBufferWriter<byte> to, string stopReason, int inputTokens, int outputTokens) =>
        Write(to, "message_delta", json =>
        {
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", stopReason);
            json.WriteNull("stop_sequence");
            json.WriteEndObject();
            WriteUsage(json, inputTokens, outputTokens);
        });

    internal static void MessageStop(IBufferWriter<byte> to) => Write(to, "message_stop", static _ => { });

    internal static void Error(IBufferWriter<byte> to, string type, string message) => Write(to, "error", json =>
    {
        json.WriteStartObject("error");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    internal static void WriteUsage(Utf8JsonWriter json, int inputTokens, int outputTokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", inputTokens);
        json.WriteNumber("cache_creation_input_tokens", 0);
        json.WriteNumber("cache_read_input_tokens", 0);
        json.WriteNumber("output_tokens", outputTokens);
        json.WriteEndObject();
    }

    private static void Write(IBufferWriter<byte> to, string name, Action<Utf8JsonWriter> data)
    {
        to.Write("event: "u8);
        Encoding.UTF8.GetBytes(name, to);
        to.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(to, Json))
        {
            json.WriteStartObject();
            json.WriteString("type", name);
            data(json);
            json.WriteEndObject();
        }

        to.Write("\n\n"u8);
    }
}
