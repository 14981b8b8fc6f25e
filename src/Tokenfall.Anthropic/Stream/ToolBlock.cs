using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>A tool call whose block is open.</summary>
internal sealed class ToolBlock
{
    private readonly RunWriter _writer;
    private readonly byte[] _input;
    private bool _hasPieces;

    private ToolBlock(RunWriter writer, string id, JsonElement block)
    {
        _writer = writer;
        Id = id;
        // Without pieces the arguments are those of the block's start: nearly always {}. Some gateways send them as text, as OpenAI does.
        var input = block.Field("input");
        _input = input.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(input.GetString()!) : input.IsPresent() ? input.Raw().ToArray() : [];
        writer.Count(_input.Length);
    }

    public string Id { get; }

    public static ToolBlock Start(RunWriter writer, string id, string type, JsonElement block)
    {
        writer.BeginToolCall(id, block.Text("name") ?? "", type == "tool_use" ? ToolCallTraits.None : ToolCallTraits.ProviderExecuted);
        return new ToolBlock(writer, id, block);
    }

    /// <summary>Adds a piece, as it stands between the quotes of the wire's JSON string.</summary>
    public void Append(ReadOnlySpan<byte> escaped)
    {
        _hasPieces |= !escaped.IsEmpty;
        _writer.ToolInput(Id, escaped);
    }

    /// <summary>Adds arguments that came as JSON instead of as text.</summary>
    public void Append(JsonElement json)
    {
        _hasPieces = true;
        _writer.ToolInput(Id, json.GetRawText());
    }

    public void End()
    {
        if (!_hasPieces) _writer.ToolInput(Id, Encoding.UTF8.GetString(_input));
        _writer.EndToolCall(Id);
    }
}
