using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Writes tool calls as their blocks stream.</summary>
internal sealed class ToolCalls(RunWriter writer)
{
    private readonly Dictionary<int, Call> _open = [];

    public void Start(int index, JsonElement block)
    {
        var call = new Call(block.Text("id") ?? "", InputOf(block));
        _open[index] = call;
        writer.BeginToolCall(call.Id, block.Text("name") ?? "");
    }

    /// <summary>Adds a piece, as it stands between the quotes of the wire's JSON string.</summary>
    public void Append(int index, ReadOnlySpan<byte> escaped)
    {
        if (!_open.TryGetValue(index, out var call)) return;
        call.HasPieces |= !escaped.IsEmpty;
        writer.ToolInput(call.Id, escaped);
    }

    public void Stop(int index)
    {
        if (!_open.Remove(index, out var call)) return;
        if (!call.HasPieces) writer.ToolInput(call.Id, System.Text.Encoding.UTF8.GetString(call.Input));
        writer.EndToolCall(call.Id);
    }

    // Without pieces the arguments are those of the block's start: nearly always {}.
    private static byte[] InputOf(JsonElement block) =>
        block.Field("input") is { ValueKind: JsonValueKind.Object } input ? JsonMarshal.GetRawUtf8Value(input).ToArray() : "{}"u8.ToArray();

    private sealed record Call(string Id, byte[] Input)
    {
        public bool HasPieces { get; set; }
    }
}
