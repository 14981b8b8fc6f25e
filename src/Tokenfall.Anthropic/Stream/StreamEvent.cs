using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>
/// What the hot path needs of an event, read in one pass and without a copy. Texts are views of the wire's bytes, escapes and all;
/// what is absent is empty. Members may come in any order.
/// </summary>
internal ref struct StreamEvent
{
    public ReadOnlySpan<byte> Type { get; private set; }
    public int Index { get; private set; }
    public ReadOnlySpan<byte> DeltaType { get; private set; }
    public ReadOnlySpan<byte> Text { get; private set; }
    public ReadOnlySpan<byte> Thinking { get; private set; }
    public ReadOnlySpan<byte> PartialJson { get; private set; }

    /// <summary>Whether one of the texts is a value of another kind, such as arguments that some gateways send as an object.</summary>
    public bool HasOtherThanText { get; private set; }

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonRepair.MaxDepth };

    /// <exception cref="JsonException">It is not one JSON object.</exception>
    public static StreamEvent Parse(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An event's data is not a JSON object.");
        var result = default(StreamEvent);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(reader, "type"u8)) result.Type = result.ReadName(ref reader);
            else if (Is(reader, "index"u8)) result.Index = ReadNumber(ref reader);
            else if (Is(reader, "delta"u8)) result.ReadDelta(ref reader);
            else reader.Skip();
        }
        // Whatever follows the object throws here.
        reader.Read();
        return result;
    }

    private void ReadDelta(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(reader, "type"u8)) DeltaType = ReadName(ref reader);
            else if (Is(reader, "text"u8)) Text = ReadText(ref reader);
            else if (Is(reader, "thinking"u8)) Thinking = ReadText(ref reader);
            else if (Is(reader, "partial_json"u8)) PartialJson = ReadText(ref reader);
            else reader.Skip();
        }
    }

    // The reader stands on a member's name. A span's values are one piece, so ValueSpan is all of it.
    private ReadOnlySpan<byte> ReadText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.ValueSpan;
        HasOtherThanText |= reader.TokenType != JsonTokenType.Null;
        reader.Skip();
        return default;
    }

    // A name is compared, so it must not have escapes: an encoder may write any character as one.
    private ReadOnlySpan<byte> ReadName(scoped ref Utf8JsonReader reader)
    {
        var name = ReadText(ref reader);
        return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Unescape(name)) : name;
    }

    // The framework's comparison throws for a name with half a surrogate pair, which is none of these.
    private static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Unescape(reader.ValueSpan)).AsSpan().SequenceEqual(name) : reader.ValueSpan.SequenceEqual(name);

    private static int ReadNumber(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)) return number;
        reader.Skip();
        return 0;
    }
}
