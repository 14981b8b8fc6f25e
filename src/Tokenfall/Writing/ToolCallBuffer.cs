using System.Buffers;
using System.Text.Json;

namespace Tokenfall;

/// <summary>A tool call whose arguments are still streaming.</summary>
internal sealed class ToolCallBuffer(string id, string name, ushort part, ToolCallTraits traits)
{
    private readonly ArrayBufferWriter<byte> _input = new();

    public ushort Part { get; } = part;

    /// <summary>A leading half of a surrogate pair that waits for the other one.</summary>
    public char PendingHigh { get; set; }

    public bool HasInput => Length > 0;

    /// <summary>How much of the arguments is there, in bytes.</summary>
    public int Length => _input.WrittenCount;

    public void Add(ReadOnlySpan<byte> escaped) => _input.Write(escaped);

    /// <summary>The payload of the complete call; marked incomplete when what came is not JSON.</summary>
    public ReadOnlySpan<byte> ToPayload()
    {
        // Only the whole is parsed: the pieces are not JSON by themselves.
        var input = JsonText.Unescape(_input.WrittenSpan);
        return ToPayload(id, name, System.Text.Encoding.UTF8.GetBytes(input), traits);
    }

    /// <summary>The payload of a call that the model did not finish.</summary>
    public ReadOnlySpan<byte> ToIncompletePayload() => EventJson.ToolCall(id, name, null, JsonText.Unescape(_input.WrittenSpan), traits);

    public static ReadOnlySpan<byte> ToPayload(string id, string name, ReadOnlySpan<byte> input, ToolCallTraits traits)
    {
        try
        {
            using var document = JsonRepair.Parse(input);
            return EventJson.ToolCall(id, name, document.RootElement, null, traits);
        }
        catch (JsonException)
        {
            return EventJson.ToolCall(id, name, null, System.Text.Encoding.UTF8.GetString(input), traits);
        }
    }
}
