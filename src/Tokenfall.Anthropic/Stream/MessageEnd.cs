using System.Buffers;
using System.Text.Json;

namespace Tokenfall;

/// <summary>What a message says of its end, until it is there.</summary>
internal sealed class MessageEnd(RunWriter writer, AnthropicContent content)
{
    private string? _reason;
    private JsonElement _sequence;
    private JsonElement _details;
    private JsonElement _container;

    public bool HasReason => _reason is not null;

    /// <summary>Takes the delta of a <c>message_delta</c>, or a message that says more than its beginning. What is absent leaves what is known.</summary>
    public void Update(JsonElement end)
    {
        _reason = end.Text("stop_reason") is { Length: > 0 } reason ? reason : _reason;
        _sequence = Later(end, "stop_sequence", _sequence);
        _details = Later(end, "stop_details", _details);
        _container = Later(end, "container", _container);
    }

    /// <summary>Whether an end says what is unknown here.</summary>
    public static bool HasMore(JsonElement end) => end.HasMoreThan("stop_reason", "stop_sequence", "stop_details", "container");

    /// <summary>Says that the message is complete. A reason that the provider did not give is not made up.</summary>
    public void Complete()
    {
        if (_container.IsPresent()) content.Keep("container", _container);
        if (_details.IsPresent()) content.Keep("stop_details", _details);
        if (_sequence.IsPresent() || _details.Field("category").IsPresent() || _details.Field("explanation").IsPresent())
            writer.ReservedData(DataNames.StopDetails, ForReaders());
        writer.Complete(_reason ?? "");
    }

    // What a page may want to say. The rest of the details, such as a credit for a fallback, is the application's.
    private ReadOnlySpan<byte> ForReaders()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (_sequence.IsPresent()) Write(json, "stop_sequence", _sequence);
            foreach (var name in (ReadOnlySpan<string>)["category", "explanation"])
                if (_details.Field(name) is var detail && detail.IsPresent()) Write(json, name, detail);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static JsonElement Later(JsonElement end, string name, JsonElement known) =>
        end.Field(name) is var value && value.IsPresent() ? value.Clone() : known;
}
